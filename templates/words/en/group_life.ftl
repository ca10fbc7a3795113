### What an owner does with a whole group: delete it, restore it, renew it.

delete-group = Delete group
delete-section = Delete this group
delete-section-text = Its members lose what it gives. You see what hangs on it before anything is done.
delete-title = Delete { $group }?
delete-hangs = What hangs on it
delete-fact-members = Members
delete-fact-requests = Open requests
delete-fact-roles = Roles in applications
delete-fact-licences = Licences
delete-not-read = Not read
delete-members = { $n ->
    [0] No direct members
    [one] One direct member, who loses what it gives
   *[other] { $n } direct members, who lose what it gives
}
delete-requests = { $n ->
    [0] None
    [one] One, which is closed with the reason
   *[other] { $n }, which are closed with the reason
}
delete-roles = { $n ->
    [0] None
    [one] One, which its members lose
   *[other] { $n }, which its members lose
}
delete-roles-not-read = Not read, because your sign-in may not read them. There may be some.
delete-licences = { $n ->
    [0] None
    [one] One product, whose licence its members lose
   *[other] { $n } products, whose licences its members lose
}
delete-follows-microsoft365 = With a Microsoft 365 group go its mailbox, its files, its team and everything else that is kept in it.
delete-follows-security = With a security group goes whatever access it gives. What it protected stays.
delete-restorable = For 30 days it can be restored with its members. Requests that were closed stay closed, and an administrator of Roster lets it take part again. After that it is gone for good.
delete-name = Type the name of the group to confirm
delete-name-hint = It is: { $group }
delete-needs-name = Type the name of the group: { $group }
delete-other-name = What you typed is not the name of the group. It is: { $group }
delete-tried = It was to be deleted { $when }, and the directory has not confirmed that
delete-tried-text = When this page was opened, the directory still had the group. It may be late; you can look again in a few minutes, or delete it once more.
delete-not-here = This Roster is set up to change members only. Groups are deleted in the Entra admin center.
cannot-delete = You cannot delete the group here
delete-back = Back to the details
delete-done = { $group } is deleted.
delete-done-text = It can be restored for 30 days.
delete-refused = The directory did not let you delete { $group }.
delete-refused-text = Nothing was deleted. Another owner, or somebody with the directory role Groups Administrator, may succeed.
delete-unclear = The directory did not confirm that { $group } is deleted.
delete-unclear-text = Your decision is saved. This page looks again each time it is opened.

deleted-link = Deleted groups
deleted-title = Deleted groups
deleted-intro = Groups you owned until they were deleted. They can be restored for 30 days, with their members.
deleted-empty-title = No group of yours can be restored
deleted-empty-text = Groups that you owned until they were deleted are listed here for 30 days.
deleted-not-read = The directory did not show its recycle bin
deleted-not-read-text = These are the groups that Roster saw go, with the days on which it did. Some may be back or gone for good.
deleted-when = Deleted { $when }
deleted-until = gone for good { $day }
restore = Restore
restore-named = Restore { $group }
restore-done = { $group } is back.
restore-done-text = It takes no requests until an administrator of Roster lets it take part again. Requests that were closed stay closed.
restore-refused = The directory did not let you restore { $group }.
restore-refused-text = Another group may have its address now. Somebody with the directory role Groups Administrator can restore it in the Entra admin center.
restore-unclear = The directory did not confirm that { $group } is back.
restore-unclear-text = Your decision is saved. This page looks again each time it is opened.

renew-title = Expiration
renew = Renew
renew-expires = The group expires { $day } and is deleted then, unless an owner renews it.
renew-expired = The group expired { $day } and may be deleted at any time. Renew it to keep it.
renew-not-here = This Roster is set up to change members only. Groups are renewed in My Groups of Microsoft.
renew-done = { $group } is renewed.
renew-refused = The directory did not let you renew { $group }.
renew-refused-text = Nothing was changed. Another owner may succeed.
renew-unclear = The directory did not confirm that { $group } is renewed.
renew-unclear-text = Look at the day in a few minutes, and renew it again if it is the old one.
