### The groups a person owns, and what an owner does with one of them.

owned-intro = What waits comes first. Groups that take no part in self-service come last.
owned-away = The directory does not answer at the moment
owned-away-text = This is what it last told about the groups you own.
owned-empty-title = You do not own a group
owned-empty-text = Whoever owns a group in the directory sees it here. An administrator can make you an owner.
owned-empty-guest = Guests do not run groups here. Your contact in the company can.
owned-members = { $n ->
    [0] No members
    [one] One member
   *[other] { $n } members
}
owned-members-not-read = Members not counted yet
owned-read-only = Shown only, because the group takes no part
owned-owners = { $n ->
    [0] No owners
    [one] One owner
   *[other] { $n } owners
}
owned-ended = { $n ->
    [one] One membership has ended
   *[other] { $n } memberships have ended
}
owned-ending = { $n ->
    [one] One membership ends within two weeks
   *[other] { $n } memberships end within two weeks
}
owned-open = { $n ->
    [one] One request
   *[other] { $n } requests
}
owned-unfinished = { $n ->
    [one] One to finish
   *[other] { $n } to finish
}
owned-only-owner = You are the only owner. When you are away, nobody can answer.
owned-only-able-owner = { $n ->
    [one] You are the only owner who can sign in; one other cannot. When you are away, nobody can answer.
   *[other] You are the only owner who can sign in; { $n } others cannot. When you are away, nobody can answer.
}
owned-unable-owners = { $n ->
    [one] One owner cannot sign in.
   *[other] { $n } owners cannot sign in.
}
owned-members-hidden = Members not counted, because the group hides them
owned-too-few-owners = { $n } owners have to approve each request, and fewer can. Make more people owners; until then nobody can ask.
owned-terms-changed = { $person } changed the terms of the group ({ $day }). The history says what is different.
owned-public = The group is public in Microsoft 365: anybody can join it there without asking.
owned-not-taking-part-text = You see it because you own it. An administrator of Roster decides whether it takes part; until then nothing can be changed here.
owned-tabs = Pages of this group
tab-overview = Overview
tab-members = Members
owned-waits = What waits
owned-waits-nothing = Nothing waits for an answer.
owned-waits-open = { $n ->
    [one] One person waits for an answer.
   *[other] { $n } people wait for an answer.
}
owned-waits-unfinished = { $n ->
    [one] One change is decided, and the directory has not confirmed it.
   *[other] { $n } changes are decided, and the directory has not confirmed them.
}
owned-see-members = See members
owned-as-others-see = The group as others see it

members-title = Members of { $group }
members-search = Search the members by name
members-view = Which members
members-direct = Direct members
members-all = Through other groups too
members-see-all = See all members
members-caption = { $n ->
    [one] One direct member
   *[other] { $n } direct members, by name
}
members-caption-all = { $n ->
    [one] One member, direct or through another group
   *[other] { $n } members, direct or through other groups
}
members-caption-more = More members, by name
members-order = In which order
members-by-name = By name
members-by-end = Ending soonest
members-by-end-text = Shows the memberships with an end. Whoever is not here belongs without one.
members-by-end-nobody = Nobody here has a membership with an end
members-caption-by-end = { $n ->
    [one] One membership with an end
   *[other] { $n } memberships with an end, the soonest first
}
members-by-coming = Let in last
members-by-coming-text = Shows whom Roster let in, the latest first. Whoever came another way is in the list by name.
members-by-coming-nobody = Nobody here was let in by Roster
members-caption-by-coming = Whom Roster let in, the latest first
members-order-nobody-text = Everybody who belongs is in the list by name.
members-person = Person
members-came = How and since when
members-until = Until
members-ends-soon = Ends soon
members-has-ended = Has ended
members-change-end = Change
members-set-end = Set an end
end-title = When the membership of { $person } in { $group } ends
end-now = Until { $day }, as { $person } set it
end-none = It has no end
cannot-change-end = You cannot change this end
end-until = Last day
end-hint = Such as 2026-11-26. At the latest { $day }.
end-hint-for-ever = Such as 2026-11-26, at the latest { $day }. Leave it empty for a membership without an end.
end-not-a-day = Enter the last day as year, month and day, such as 2026-11-26
end-past = Enter a day that is not over
end-too-late = Enter a day that is not later than { $day }
end-reason = Reason
end-needs-reason = Enter a reason for changing the end
end-save = Change the end
end-changed = The end of the membership of { $person } in { $group } is changed.
end-taken-away = The membership of { $person } in { $group } has no end any more.
members-act = Change
members-disabled = Cannot sign in
members-page-gone-title = Nobody of this page belongs to the group any more
members-page-gone-text = They left, or were removed outside Roster. The other pages may show people who belong.
members-inactive = No sign-in for { $days } days
remove = Remove
members-empty-title = Nobody is in this group yet
members-empty-text = People come in when you approve their request, or when you add them.
members-no-match-title = Nobody matches
members-no-match-text = Search by the beginning of a first or last name.
members-hidden-title = The directory does not show you the members
members-hidden-text = The group hides who belongs to it from everybody but its members and owners.
members-away = The directory does not answer at the moment
members-away-text = So the members cannot be shown. Nothing is lost.
came-by = { $person } let them in, { $when }
came-by-themself = They added themself, { $when }
came-outside = Came outside Roster, seen { $when }
came-before = Before Roster, or not seen
underway-title = Not confirmed by the directory
underway-add = { $person } is being added
underway-remove = { $person } is being removed
underway-leave = { $person } wishes to leave
underway-end = The membership of { $person } has ended
underway-text = Decided. The directory has not confirmed it yet.
underway-tag = Under way

add-member = Add member
add-title = Add somebody to { $group }
add-intro = They become a member at once, without having asked.
add-search = Search people by name or address
add-choose = { $n ->
    [one] One person found
   *[other] { $n } people found
}
add-choose-person = Choose the person to add
add-nobody-title = Nobody was found
add-nobody-text = Try the beginning of a first name, a last name or a mail address.
add-to-group = Add to group
found-disabled = Cannot be added: the account cannot sign in
found-guest = Cannot be added: the terms of the group let no guests in
direct-reason = Reason (optional)
direct-reason-hint = The owners of the group can read it later. At most { $limit } characters.
added-done = { $person } is now a member of { $group }.
added-underway = { $person } is being added to { $group }.
added-underway-text = Your decision is saved. The directory has not confirmed it yet; you or another owner can finish it here.
added-delayed = The directory has not let { $person } into { $group } so far.
added-delayed-text = Your decision is saved. Open the change below to see why; any owner can try again in two minutes.

remove-title = Remove { $person } from { $group }?
remove-follows = They lose what this membership gives. They can ask to join again.
remove-owner-stays = { $person } also owns the group. Removing the membership does not end that.
cannot-remove = This person cannot be removed here
removed-done = { $person } is no longer a member of { $group }.
removed-underway = { $person } is being removed from { $group }.
removed-underway-text = Your decision is saved. The directory has not confirmed it yet; you or another owner can finish it here.
removed-delayed = The directory has not removed { $person } from { $group } so far.
removed-delayed-text = Your decision is saved. Open the change below to see why; any owner can try again in two minutes.

tab-owners = Owners
owners-title = Owners of { $group }
owners-explained = Owners answer requests and decide who belongs. Owning a group makes nobody a member of it.
owner-you = You
cannot-change-owners = You cannot change the owners here
owners-not-here = This Roster is set up to change members only. Owners are changed in the Entra admin center.
add-owner = Add owner
add-owner-title = Make somebody an owner of { $group }
add-owner-intro = They answer requests and change members and owners, as you do. It makes them no member.
found-guest-owner = Cannot become an owner: guests do not run groups here
make-owner = Make owner
remove-owner = Remove as owner
step-down = Step down
step-down-title = Step down as an owner of { $group }?
step-down-follows = You no longer answer its requests or change who belongs. Another owner can make you one again.
remove-owner-title = Remove { $person } as an owner of { $group }?
remove-owner-follows = { $person } no longer answers requests or changes who belongs. A membership stays as it is.
cannot-remove-owner = This owner cannot be removed here
owner-added-done = { $person } is now an owner of { $group }.
owner-added-underway = { $person } is being made an owner of { $group }.
owner-added-delayed = The directory has not made { $person } an owner of { $group } so far.
owner-removed-done = { $person } no longer owns { $group }.
owner-removed-underway = { $person } is being removed as an owner of { $group }.
owner-removed-delayed = The directory has not removed { $person } as an owner of { $group } so far.
owner-underway-text = Your decision is saved, and another owner can finish it from their requests.

tab-details = Details
details-title = Details of { $group }
details-name = Name
details-name-hint = Everybody in the company sees it. At most 256 characters.
details-description = Description
details-description-hint = What the group is for, so that people find it and ask for the right one. At most 1024 characters.
details-none = None
details-save = Save
details-needs-name = Enter a name for the group
details-not-this-name = Choose another name: the rules of your tenant, or another group, do not let the group have this one
details-meanwhile = Somebody changed this while you were writing
details-meanwhile-text = What you wrote is below. Save again to put it in place of what is there now.
details-not-here = This Roster is set up to change members only. Name and description are changed in the Entra admin center.
cannot-change-details = You cannot change the details here
details-done = The details of { $group } are saved.
details-refused = The directory did not let you change the details of { $group }.
details-refused-text = Nothing was changed. Another owner may succeed.
details-unclear = The directory did not confirm the new details of { $group }.
details-unclear-text = Look again in a few minutes, and save them again if they are not there.
