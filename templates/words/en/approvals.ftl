### Owners answer requests.

approvals-title = Requests for you
approvals-page-title = Requests for you ({ $n })
approvals-intro = People are waiting for your answer. The oldest request is first.
approvals-intro-empty = People who ask to join a group you own appear here.
approvals-empty-title = You are up to date
approvals-empty-text = Nobody waits for your answer.
approvals-not-owner-text = You do not own a group that takes part in self-service.
approvals-owed = To be added or removed
approvals-unfinished = Approved, not yet in the group

your-answer = Your answer
message-to = Message to { $person }
consent-kept = Your approval for { $person } is kept.
consent-kept-text = More owners of { $group } have to approve before this is decided.
approval-decides = Enough owners have approved with you: your approval decides.
approval-is-kept = { $more ->
    [one] One more owner has to approve after you.
   *[other] { $more } more owners have to approve after you.
}
approved-so-far = Approved so far
inbox-consented = Approved by you, more owners have to
their-answers = Their answers
message-hint = They read this message. A reason is needed when you deny the request. At most { $limit } characters.
approve-request = Approve request
deny-request = Deny request
deny-needs-reason = Enter a reason for denying this request
cannot-approve = You cannot approve this request
only-you-answer = Only you can answer
finish = Finish
finish-explained = The request is approved and { $person } is not yet in the group as far as Roster knows. You can carry it out now, with your own rights.
directory-away-no-decision = The directory does not answer at the moment, so nobody can decide. The request is safe; try again in a minute.
account-enabled = Can sign in, checked just now
account-disabled = Cannot sign in, checked just now
account-not-checked = Roster could not check whether it can sign in
account-gone = The directory no longer knows it

approved-done = { $person } is now a member of { $group }.
approved-underway = You approved the request of { $person }, and they are being added to { $group }.
approved-underway-text = Your decision is saved. The directory has not confirmed it yet; you or another owner can finish it here.
approved-not-accepted-text = Your decision is saved. The directory did not accept your sign-in; sign in again and finish it here, or let another owner do it.
approved-delayed = The request of { $person } is approved, and the directory has not let them into { $group } so far.
approved-delayed-text = The decision is saved. This page says why, and any owner can try again in two minutes.
approved-refused = The directory did not let { $person } into { $group }.
approved-refused-text = The decision is kept in the record. This page says why; a new request can be made.
extended-done = { $person } belongs to { $group } for longer.
denied-extension-done = You denied the request of { $person } to stay in { $group }.
denied-done = You denied the request of { $person } to join { $group }.
denied-done-text = They can read your reason.

leave-explained = { $person } wishes to leave, and the directory lets only owners of the group carry it out.
remove-from-group = Remove from group
not-now = Not now
leave-finished = { $person } is no longer a member of { $group }.
leave-not-finished = { $person } is still in { $group } as far as Roster knows.
add-not-finished = { $person } is not yet in { $group } as far as Roster knows.
owner-not-added = { $person } is not yet an owner of { $group } as far as Roster knows.
owner-not-removed = { $person } still owns { $group } as far as Roster knows.
owed-not-finished-text = The decision is saved. Try again in a few minutes.
ended-explained = { $person } was given the membership until { $day }, and the directory still has it. You can remove it now, with your own rights.
owed-explained = { $person } decided it, and the directory has not confirmed it. You can carry it out now, with your own rights.
