### Creating a group.

new-group = New group
new-title = Create a group
new-intro = You become its owner. Before it is created, everything is shown and checked.
cannot-create = You cannot create groups here
new-kind = Kind of group
new-security-hint = Gives access: applications, files, data. No mailbox.
new-microsoft365-hint = A mailbox, a calendar, files and, where wished, a team. People only.
new-purpose = What it is for
new-purpose-hint = Everybody in the company reads it, so that people ask for the right group. At most 1024 characters.
new-people = Owners and first members
new-people-text = You are an owner already. Choose at least one more, so that somebody answers while you are away. Many members are easier added from a list afterwards.
new-search-hint = The beginning of a first name, a last name or a mail address
new-find = Find people
new-chosen = Chosen
new-owner-already = You are an owner already, as you create it
new-as-owner = Make owner
new-as-owner-named = Make { $person } an owner
new-as-member = Make member
new-as-member-named = Make { $person } a member
new-drop = Leave out
new-drop-named = Leave out { $person }
new-check = Check
new-needs-kind = Choose a kind of group
new-needs-purpose = Enter what the group is for
new-too-many = Choose at most { $limit } people. More are added from a list once the group is there.
new-hindered = { $person } cannot be chosen. { $why }
new-check-title = Create { $group }?
new-check-intro = Nothing has been created yet.
new-wish = What you asked for
new-you = You
new-no-members = Nobody yet
new-checks = What was checked
new-may-create = The tenant lets you create such groups.
new-may-not-create = The tenant lets only some people create such groups, and you seem to be none of them. The directory decides.
new-may-create-unread = Not checked whether the tenant lets you create such groups: your sign-in may not read that.
new-name-free = The tenant’s naming policy does not bind security groups.
new-name-fine = The tenant takes the name.
new-name-affix = The tenant’s naming policy asks for a certain beginning or ending of the name. Change the name.
new-name-blocked = The name has a word that the tenant does not allow. Change the name.
new-name-taken = Another group has this name. Change the name.
new-name-wrong = The tenant does not take the name. Change the name.
new-name-unread = Not checked whether the tenant takes the name: your sign-in may not ask.
new-similar = { $n ->
    [one] One group that takes part has a similar name: { $groups }. Look whether it is the one you need.
   *[other] Groups that take part have similar names: { $groups }. Look whether one of them is what you need.
}
new-similar-none = No group that takes part has a similar name.
new-only-owner = You would be the only owner. Choose one more, if you can.
new-owners = { $n ->
    [one] It has one owner.
   *[other] It has { $n } owners.
}
new-quota-unread = Not checked how many more groups you may create: the directory says so only when it is too many.
new-follows = The group is created in the directory with your own rights.
new-at-once = Once it is there it takes part in self-service at once, on the terms that an administrator of Roster set.
new-candidate = It does not take part in self-service until an administrator of Roster says so.
new-create = Create group
new-change = Change

made-title = { $group } is created
made-text = You own it. It may take some minutes until it is there in every application.
made-object-id = Object ID
made-candidate = It takes no part in self-service yet. An administrator of Roster sees it among the groups and decides.
made-takes-part = It takes part in self-service: people find it, and ask you to join.
made-unfit = It takes no part in self-service, and cannot as it is now.
made-open = Open the group
made-another = Create another
made-refused-title = { $group } was not created
made-not-this-name = The directory did not take the name.
made-not-allowed = The tenant does not let you create such groups.
made-quota = You have created as many groups as anybody may, or the directory does not let you create this one.
made-refused = The directory did not take what you asked for.
made-nothing = Nothing was created. What you asked for is kept.
made-change = Change and try again
made-under-way-title = { $group } is being created
made-under-way = The directory has not answered yet
made-under-way-text = This page can be left and found again.
made-unclear-title = Is { $group } created?
made-unclear = The directory did not confirm that the group is created
made-unclear-text = It was looked for when this page was opened, and was not there yet. Look again in a minute, or try again: it is created once, however often you try.
made-look = Look again
made-again = Try again
