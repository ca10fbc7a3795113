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
kind-other = Another kind of group
tag-takes-part = Takes part
tag-could-take-part = Could take part
tag-cannot-take-part = Cannot take part
tag-not-taking-part = Not taking part
copy-age = The list of groups was read { $when }
copy-never = The list of groups has not been read yet
copy-explained = Roster keeps a copy of the tenant’s groups for searching. It is read again when an administrator or owner visits and it is older than 15 minutes. Decisions never rely on it.
copy-read-now = Read it again now
copy-even-if = Take over what the directory says, although many groups are missing from it
copy-being-read = The list of groups is being read at this moment.
copy-being-read-text = Look again in a minute.
copy-braked = The directory’s answer { $when } lacked { $lost } of the { $known } groups that are known, so nothing was changed.
copy-braked-text = If that is right, tick the box and read it again.
copy-failed = The list of groups could not be read { $when }, so nothing was changed.
copy-failed-text = Roster tries again when an administrator or owner visits.
copy-not-by-guests = The list of groups was not read.
copy-not-by-guests-text = The directory shows guests only part of the groups. Ask an administrator who is an employee.
cannot-change = You cannot change whether this group takes part
terms-reason-needed = Needed
terms-reason-not-needed = Not needed
terms-guests-may = May ask
terms-guests-may-not = May not ask
fact-reason = Reason
fact-guests = Guests
fact-open-days = Waits for an answer
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
terms-open-days = Days a request waits for an answer
terms-open-days-hint = From 1 to 90; then it lapses.
terms-open-days-slip = Enter for how many days a request waits, from { $least } to { $most }
terms-cool-down = Days after a denial before the same person may ask again
terms-cool-down-hint = From 0 to 90; with 0 they may ask again at once.
terms-cool-down-slip = Enter how many days have to pass after a denial, from { $least } to { $most }
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
