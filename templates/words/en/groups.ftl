### Finding a group.

browse-title = Browse groups
browse-intro = Groups your company offers for self-service.
browse-found = { $n ->
    [0] No group matches “{ $words }”
    [one] 1 group matches “{ $words }”
   *[other] { $n } groups match “{ $words }”
}
browse-narrowed = { $n ->
    [0] No group is like that
    [one] 1 group is like that
   *[other] { $n } groups are like that
}
browse-similar = { $n ->
    [one] 1 group is similar
   *[other] { $n } groups are similar
}
search-label = Words in the name or description
filter-label = Show
chip-all = All
chip-mine = I am a member
chip-security = Security
chip-microsoft365 = Microsoft 365
chip-open = Takes requests
chip-no-reason = No reason needed
chip-guests = Guests can ask
chip-take-away = (take this filter away)
browse-no-match-title = Nothing matches
browse-no-match-text = Try fewer words, or only the beginning of a word.
browse-no-match-narrow-text = Take a filter away, or try fewer words.
browse-none-title = No group takes part yet
browse-none-text = An administrator of Roster says which groups take part.
browse-all = See all { $n } groups
browse-foot = A group that is not listed is not open to self-service.
who-can-help = Who can help

ask-to-join = Ask to join
cannot-ask = You cannot ask to join at the moment
membership-not-checked = Your membership could not be checked
membership-not-checked-text = The directory does not answer at the moment. You can ask all the same; the owner’s answer finds out.
your-request = Your request
open-request = Open request
your-membership = Your membership
you-are-member = You are a direct member of this group.
you-are-nested = You belong to this group through another group. You can ask to be a member of your own.
how-joining-works = How joining works
how-ask = You ask
how-ask-with-reason = You ask and give a reason
how-questions = { $n ->
    [one] You answer one question
   *[other] You answer { $n } questions
}
how-everyone = Everyone can ask, guests too
how-not-guests = Everyone but guests can ask
how-members = Members of { $group } can ask, guests too
how-members-not-guests = Members of { $group } can ask, but no guests
how-some-members = Members of one other group can ask, guests too
how-some-members-not-guests = Members of one other group can ask, but no guests
how-owners-approve = { $n } owners have to approve
how-owner-answers = { $owners ->
    [0] An owner answers; there is none at the moment
    [one] The owner answers
   *[other] One of { $owners } owners answers
}
how-added = You are added to the group
how-added-note = At once, as soon as the directory answers
you-own-it = You own this group
link-to-ask = Direct link for asking
