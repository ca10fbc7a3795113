### The copy of the directory.

copy-title = Directory copy
copy-link = How the list of groups is kept
copy-tag-fresh = Fresh
copy-tag-old = Old
copy-tag-waits = Waits for you
copy-freshness = Freshness
copy-age = The list of groups was read { $when }
copy-never = The list of groups has not been read yet
copy-explained = Roster keeps a copy of the tenant’s groups and their owners for searching. Decisions never rely on it: they ask the directory.
copy-read-now = Read it again now
copy-even-if = Take over what the directory says, although many groups are missing from it
copy-being-read = The list of groups is being read at this moment.
copy-being-read-text = Look again in a minute.
copy-braked = The directory’s answer { $when } lacked { $lost } of the { $known } groups that are known, so nothing was changed.
copy-braked-text = If that is right, an administrator ticks the box and has it read again.
copy-failed = The list of groups could not be read { $when }, so nothing was changed.
copy-failed-text = The directory did not answer. Roster tries again by itself.
copy-not-permitted = The directory did not let Roster read the groups { $when }, so nothing was changed.
copy-not-permitted-service = Roster’s own identity lacks the application permission GroupMember.Read.All. Grant it in the Entra admin center, with admin consent.
copy-not-permitted-person = The person who visited lacks the delegated permission GroupMember.Read.All. Grant it in the Entra admin center, with admin consent.
copy-not-accepted = Roster’s own identity was not accepted { $when }, so nothing was changed.
copy-not-accepted-text = Its secret or certificate may be wrong or over; the operator finds the reason in the log. Until then the list is read when an administrator or owner visits.
copy-not-by-guests = The list of groups was not read.
copy-not-by-guests-text = The directory shows guests only part of the groups. Ask an administrator who is an employee.
copy-own = Roster’s own identity
copy-own-has = Roster has an identity of its own, which can only read. It looks for changes every three minutes, whoever visits, and reads everything anew once a week.
copy-authors-named = Roster reads the tenant’s audit log and names who made a change outside Roster. The log comes late, by minutes to hours; when it names nobody within a day, or it may have been one of two, nobody is named.
copy-authors-not-permitted = Roster may not read the tenant’s audit log, as it found { $when }, so it cannot name who made a change outside Roster. Grant Roster’s own identity the application permission AuditLog.Read.All in the Entra admin center, with admin consent. Roster tries again within the hour.
copy-authors-failed = The tenant’s audit log did not answer { $when }, so names of who made changes outside Roster are late. Roster tries again by itself.
copy-sign-ins-read = Beside a member stands when nobody has signed in with the account for { $days } days, and never when that was last. Roster read this { $when }, and reads it once a day.
copy-sign-ins-not-permitted = Roster may not read when people signed in last, as it found { $when }, so nobody sees who has not for { $days } days. That takes the application permissions AuditLog.Read.All and User.Read.All, and a licence of Entra ID P1 or P2. Roster tries again within the hour.
copy-sign-ins-failed = The directory did not answer { $when } who has not signed in for { $days } days. Roster tries again by itself.
copy-sign-ins-not-asked = Roster has not read yet who has not signed in for { $days } days.
copy-authors-not-asked = Roster has not asked yet whether it may read the tenant’s audit log, which names who made a change outside Roster.
copy-own-lacks = Roster has no identity of its own, and does without:
copy-own-lacks-visit = The list is read when an administrator or owner visits and it is older than 15 minutes, with what that person may see.
copy-own-lacks-late = A change made in the directory shows after the next such visit.
copy-own-lacks-authors = Who made a change outside Roster is not known.
copy-own-lacks-accounts = Which accounts cannot sign in is not known, so a group whose owners cannot answer looks like any other.
copy-own-lacks-nothing = Asking, answering, adding and leaving work the same.
copy-facts = About the copy
copy-fact-way = Last read with
copy-way-service = Roster’s own identity
copy-way-person = The rights of a person who visited
copy-fact-changed = Last change
copy-fact-whole = Everything read
copy-fact-groups = Groups
copy-fact-members = Members
copy-fact-accounts = Cannot sign in
copy-accounts = { $n ->
    [one] One account
   *[other] { $n } accounts
}
copy-accounts-unknown = Not known
copy-accounts-read = Read { $when }
copy-accounts-not-permitted = Which accounts cannot sign in, it may not read: it lacked the application permission User.Read.All { $when }. That is optional; with it, groups whose owners cannot answer are seen.
copy-accounts-failed = Which accounts cannot sign in could not be read again { $when }. What was known is believed for a day.
copy-accounts-not-read = Which accounts cannot sign in could not be read { $when }.
copy-number = { $n }
copy-watched = { $groups ->
    [0] None yet
    [one] { $n } in one group that takes part
   *[other] { $n } in { $groups } groups that take part
}
