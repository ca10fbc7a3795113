### Administrators say which groups take part.

admin-intro = { $n ->
    [0] No group takes part in self-service yet. Search for one and open it.
    [one] One group takes part in self-service.
   *[other] { $n } groups take part in self-service.
}
admin-search = Search all groups of the tenant
admin-caption = { $n ->
    [one] One group takes part
   *[other] { $n } groups take part, by name
}
admin-empty-title = No group takes part yet
admin-empty-text = Search for a group by its name, open it, and say on what terms it takes part.
is-similar = similar to the words
kind-other = Another kind of group
tag-takes-part = Takes part
tag-could-take-part = Could take part
tag-cannot-take-part = Cannot take part
tag-not-taking-part = Not taking part
cannot-change = You cannot change whether this group takes part
terms-reason-needed = Needed
terms-reason-not-needed = Not needed
fact-reason = Reason
fact-questions = Questions
terms-questions-said = { $questions }
fact-open-days = Waits for an answer
fact-approvals = Who answers
terms-approvals-said = { $n ->
    [one] Any owner
   *[other] { $n } owners have to approve
}
fact-review = Members are reviewed
terms-review-never = As owners like
terms-review-said = Every { $n } days
fact-cool-down = Pause after a denial
in-days = { $days ->
    [0] None
    [one] One day
   *[other] { $days } days
}

terms-title = Terms
terms-gives-hint = In your words, for the people who ask and the owners who answer. At most 500 characters.
terms-who = Asking
terms-reason = A reason is needed to ask
terms-guests = Guests may ask
terms-audience = Only members of this group may ask
terms-audience-hint = The whole name of a group, or its object id. Leave it empty to let everyone ask. Members of groups inside it count too, and owners can still add anyone themselves. Everyone who sees that group in Roster reads its name here.
terms-audience-none = No group that you see is called { $typed }. Type the whole name of a group, or its object id.
terms-audience-similar = No group that you see is called { $typed }. Some are called nearly so: { $names }. Type the whole name of one.
terms-audience-several = Several groups are called { $typed }. Type the object id of the one you mean.
terms-audience-itself = Members of { $group } belong to it already. Choose another group, or leave this empty.
terms-audience-gone = { $group } was deleted. Choose another group, or leave this empty.
terms-audience-hidden = { $group } hides its members, so Roster cannot check who belongs to it. Choose another group, or leave this empty.
term-questions = Questions to people who want to join
terms-questions-hint = Up to five, at most { $limit } characters each. The owners and the person read the answers, nobody else. To take a question away, empty it.
terms-question = Question { $place }
terms-question-required = An answer to question { $place } is needed
terms-question-twice = Ask this only once: it is the same as question { $first }
terms-questions-too-many = Ask no more than { $most } questions
terms-open-days = Days a request waits for an answer
terms-open-days-hint = From 1 to 90; then it lapses.
terms-open-days-slip = Enter for how many days a request waits, from { $least } to { $most }
terms-cool-down = Days after a denial before the same person may ask again
terms-cool-down-hint = From 0 to 90; with 0 they may ask again at once.
terms-cool-down-slip = Enter how many days have to pass after a denial, from { $least } to { $most }
term-lasting = How long a membership lasts
terms-usual-days = Usual days
terms-usual-days-hint = What people are offered when they ask. Leave both fields empty when memberships last for ever.
terms-usual-days-slip = Enter the usual days of a membership, from { $least } to { $most }
terms-most-days = Most days
terms-most-days-hint = Nobody is given more at a time. What has ended is removed by Roster where your tenant granted it that, and else by an owner.
terms-most-days-slip = Enter the most days of a membership, from { $least } to { $most }
terms-approvals = Owners who have to approve
terms-approvals-hint = From 1 to 5; with 1 any owner answers. With more, no owner adds members alone.
terms-approvals-slip = Enter how many owners have to approve, from { $least } to { $most }
terms-review = Days from one review of the members to the next
terms-review-hint = From 30 to 730: owners are reminded to confirm who still belongs. Leave it empty when they do so as they like. Nobody is removed for want of a review.
terms-review-slip = Enter after how many days the members are reviewed again, from { $least } to { $most }
terms-owners = What owners may change
term-who = Who may ask
term-reason = Whether a reason is needed
term-cool-down = Days after a denial
term-review = How often members are reviewed
term-locked = Locked
terms-gives-said = { $gives }
terms-owners-owners = Who owns the group
terms-owners-delete = Deleting the group
terms-owners-details = Its name and description
fact-owners-change = Owners may change
owners-change-none = Members only
terms-save = Save terms
designate = Let it take part
designated-done = { $group } takes part in self-service now.
terms-changed = The terms of { $group } are saved.
pause-title = Pause
pause-text = Nobody can ask or approve while a group is paused. Open requests stay and wait.
pause = Pause requests
paused-done = Requests for this group are paused.
paused-done-text = Open requests stay and wait.
resume-text = Roster asks the directory whether the group is fit before it takes requests again.
resume = Take requests again
resumed-done = { $group } takes requests again.

owners-none-can = { $owners ->
    [one] The only owner cannot sign in
   *[other] None of the { $owners } owners can sign in
}
owners-none-can-text = Nobody can answer requests for this group until somebody who can sign in owns it.
owners-some-cannot = { $unable } of { $owners } owners cannot sign in
owners-one-can-text = Only one owner is left to answer requests.
owners-several-can-text = The others can answer requests.
owner-cannot = Cannot sign in

outside-title = Changed outside Roster
outside-seen = Seen { $when }
outside-made-and-seen = Made { $made }; seen { $when }
outside-member-added = { $person } was added outside Roster
outside-member-added-by = { $kind ->
    [application] { $person } was added outside Roster by the application { $author }
   *[person] { $person } was added outside Roster by { $author }
}
outside-member-removed = { $person } was removed outside Roster
outside-member-removed-by = { $kind ->
    [application] { $person } was removed outside Roster by the application { $author }
   *[person] { $person } was removed outside Roster by { $author }
}
outside-members-added = { $n } members were added outside Roster
outside-members-removed = { $n } members were removed outside Roster
outside-object-added = A group or device was added as a member outside Roster
outside-object-added-by = { $kind ->
    [application] A group or device was added as a member outside Roster by the application { $author }
   *[person] A group or device was added as a member outside Roster by { $author }
}
outside-object-removed = A group or device was removed from the members outside Roster
outside-object-removed-by = { $kind ->
    [application] A group or device was removed from the members outside Roster by the application { $author }
   *[person] A group or device was removed from the members outside Roster by { $author }
}
outside-unexpected = { $person } is a member again, though Roster last knew otherwise
outside-unexpected-by = { $kind ->
    [application] { $person } was added again outside Roster by the application { $author }, though Roster last knew otherwise
   *[person] { $person } was added again outside Roster by { $author }, though Roster last knew otherwise
}
outside-owner-added = { $person } became an owner outside Roster
outside-owner-added-by = { $kind ->
    [application] { $person } was made an owner outside Roster by the application { $author }
   *[person] { $person } was made an owner outside Roster by { $author }
}
outside-owner-removed = { $person } ceased to be an owner outside Roster
outside-owner-removed-by = { $kind ->
    [application] { $person } was removed from the owners outside Roster by the application { $author }
   *[person] { $person } was removed from the owners outside Roster by { $author }
}
outside-renamed = The name was changed outside Roster, from { $before } to { $after }
outside-renamed-by = { $kind ->
    [application] The name was changed outside Roster by the application { $author }, from { $before } to { $after }
   *[person] The name was changed outside Roster by { $author }, from { $before } to { $after }
}
outside-described = The description was changed outside Roster
outside-described-by = { $kind ->
    [application] The description was changed outside Roster by the application { $author }
   *[person] The description was changed outside Roster by { $author }
}
outside-deleted = The group was deleted outside Roster
outside-deleted-by = { $kind ->
    [application] The group was deleted outside Roster by the application { $author }
   *[person] The group was deleted outside Roster by { $author }
}
outside-restored = The group was restored outside Roster
outside-restored-by = { $kind ->
    [application] The group was restored outside Roster by the application { $author }
   *[person] The group was restored outside Roster by { $author }
}
outside-unfit = The group can no longer be managed here
outside-fit = The group can be managed here again
outside-somebody = Somebody whose name is not known
