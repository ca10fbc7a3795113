### Owners change what the terms of their group leave open.

tab-terms = Terms
owned-terms-title = Terms of { $group }
owned-terms-open = What owners of this group decide
owned-terms-look = See what changes
owned-terms-locked = Locked
owned-terms-locked-by = { $person } set these. Only administrators of Roster change them.
cannot-change-terms = You cannot change the terms here
terms-meanwhile = Somebody changed the terms while you were writing
terms-meanwhile-by = { $person }, { $when }:
terms-meanwhile-text = What you wrote is below, beside what they changed. Look at it, and go on.
terms-preview-title = Change the terms of { $group }?
terms-preview-intro = Nothing is saved yet.
terms-preview-changes = What changes, and for whom
terms-preview-again = Change something
terms-preview-more = { $n ->
    [one] and one more
   *[other] and { $n } more
}
terms-follows-gives = Everybody who looks at the group reads the new words.
terms-follows-audience = { $n ->
    [0] Only members of { $group } can ask from now on. Nobody waits for an answer.
    [one] Only members of { $group } can ask from now on. The one open request stays open; it can be approved if the person belongs to that group.
   *[other] Only members of { $group } can ask from now on. The { $n } open requests stay open; those of people who belong to that group can be approved.
}
terms-follows-no-audience = Nobody has to belong to another group to ask any more.
terms-follows-guests-in = Guests of the company can ask from now on.
terms-follows-guests-out = { $n ->
    [0] No guest waits for an answer. None can ask from now on.
    [one] One guest waits for an answer. The request stays open: owners can deny it, and approve it once guests may ask again.
   *[other] { $n } guests wait for an answer. Their requests stay open: owners can deny them, and approve them once guests may ask again.
}
terms-follows-approvals = { $n ->
    [0] Nobody waits for an answer. It holds for those who ask from now on.
    [one] It holds from now on, for the one open request too.
   *[other] It holds from now on, for the { $n } open requests too.
}
terms-follows-review = Owners are reminded two weeks before a review is due. It is due no sooner than in two weeks.
terms-follows-no-review = Owners are reminded of no review any more. They can begin one when they like.
terms-follows-lasting = It holds for memberships that begin from now on. Those that have an end keep it.
terms-follows-reason = { $n ->
    [0] Nobody waits for an answer. It holds for those who ask from now on.
    [one] It holds for those who ask from now on. One open request stays as it is.
   *[other] It holds for those who ask from now on. { $n } open requests stay as they are.
}
terms-follows-questions = { $n ->
    [0] Nobody waits for an answer. It holds for those who ask from now on.
    [one] It holds for those who ask from now on. One open request keeps the questions it answered.
   *[other] It holds for those who ask from now on. { $n } open requests keep the questions they answered.
}
terms-follows-open-days = { $n ->
    [0] Nobody waits for an answer. It holds for those who ask from now on.
    [one] It holds for those who ask from now on. One open request keeps the day on which it lapses.
   *[other] It holds for those who ask from now on. { $n } open requests keep the day on which they lapse.
}
terms-follows-cool-down = { $n ->
    [0] Nobody was denied of late.
    [one] One person was denied of late; the new number holds for them too.
   *[other] { $n } people were denied of late; the new number holds for them too.
}
