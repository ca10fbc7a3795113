### Commissions: an administrator asks somebody to create a group, and is told once it is there.

commissions-title = Commissions
commissions-link = Commissions
commissions-intro = Ask somebody of the business to create a group for a resource. Once it is there, its object ID is here, and you grant it access.
commissions-which = Which commissions
commissions-open = Open
commissions-back = Reported back
commissions-over = Over
commissions-none-open = No commission is open
commissions-none-back = No commission has reported back
commissions-none-over = No commission is over yet
commissions-none-text = Commissions are listed by how far they are.
commissions-older = Older
commission-open = Waits for an answer
commission-taken = Being created
commission-ready = Ready to be granted access
commission-declined = Declined
commission-withdrawn = Taken back
commission-done = Done
commission-of = Asked of { $person }
commission-title = A group for “{ $resource }”

commission-ask-title = Commission a group
commission-ask-intro = Whom you ask finds it on their first page, creates the group with their own rights and owns it.
commission-ask = Send commission
commission-resource = Resource
commission-resource-hint = What the group is to be granted access to, such as an application or a share. At most { $limit } characters.
commission-purpose = What membership gives
commission-purpose-hint = It becomes the group’s description, which whom you ask can change. At most { $limit } characters.
commission-name = Suggested name
commission-name-hint = Optional. At most 256 characters; whom you ask can choose another.
commission-note = Note
commission-note-hint = Optional, for whom you ask. At most { $limit } characters.
commission-to = Who is to create it
commission-needs-resource = Enter the resource that the group is for
commission-needs-purpose = Enter what membership gives
commission-needs-person = Find and choose who is to create the group
commission-asked-done = { $person } is asked to create the group.
commission-asked-text = You are told on your first page when it is there, or when they decline.
commission-sent-before = { $person } is asked already, by what you sent from this page before
commission-sent-before-text = What you changed since is not sent. Send it to ask for one group more, or leave it.
commission-sent-over = What you asked { $person } from this page before is over
commission-sent-over-text = Nothing was sent now. Send it to ask once more, or leave it.
commission-sent-before-see = See what is asked for
commission-unable-gone = The directory does not know this person any more
commission-unable-disabled = This person’s account may not sign in
commission-unable-guest = This person is a guest, and guests create no groups here
commission-unable-themself = You create a group yourself without a commission
commission-unable-text = They cannot create the group. Take the commission back and ask somebody else.

commission-group = The group
commission-object-id-hint = Select it and copy it to where you grant access.
commission-copy = Copy the object ID
commission-copied = Copied
commission-why = Reason
commission-wish = What is asked for
commission-steps = What happened
commission-step-asked = Commissioned by { $person }
commission-step-created = { $person } created the group
commission-step-declined = { $person } declined
commission-step-withdrawn = Taken back by { $person }
commission-step-closed = Closed by { $person }
commission-granted-text = Close the commission once the group has the access it was asked for.
commission-granted = Access granted
commission-seen-text = Close the commission once you have read the reason. You can ask somebody else for the same.
commission-seen = Mark as done
commission-again = Ask somebody else
commission-closed-done = The commission is closed.
commission-withdraw-title = Take the commission back
commission-withdraw-why = Why it is not needed any more
commission-withdraw-hint = Whom you asked reads it. At most { $limit } characters.
commission-withdraw = Take back
commission-withdrawn-done = The commission is taken back.
commission-withdrawn-text = { $person } reads the reason on their first page.
commission-needs-why = Enter a reason

commission-asks-you = { $person } asks you to create this group. You become its owner.
commission-create = Create the group
commission-not-here = Owners of groups change their members only here, so no group is created here. Tell the administrator who asked you.
commission-withdrawn-by = { $person } does not need the group any more
commission-you-created = You created { $group }. The administrators know its object ID and grant it access.
commission-under-way = You are creating it. It may take a moment until the directory has it.
commission-decline-title = Decline
commission-decline-why = Why you do not create it
commission-decline-hint = The administrators read it. At most { $limit } characters.
commission-decline = Decline the commission
commission-declined-done = { $person } is told that you declined.
commission-for = { $person } asks you for this group
commission-for-text = It is for “{ $resource }”. You can change the name and what it is for.
commission-for-read = Read what is asked for
commission-over = This group is not asked of you any more
commission-over-text = What you typed is kept below. You can still create the group; it is then no answer to what was asked.
commission-reported = Who asked you for it is told that it is there, and grants it access.

commissions-home-ask = { $person } asks you to create a group
commissions-home-ask-text = It is for “{ $resource }”.
commissions-home-taken = You are creating a group that { $person } asked for
commissions-home-withdrawn = { $person } does not need a group any more that you were asked for
commissions-home-open = Read it
commissions-home-ready = { $n ->
    [one] One group that was commissioned is ready to be granted access
   *[other] { $n } groups that were commissioned are ready to be granted access
}
commissions-home-ready-text = Its object ID is on the page of the commission.
commissions-home-declined = { $n ->
    [one] One commission was declined
   *[other] { $n } commissions were declined
}
commissions-home-declined-text = The reason is on the page of the commission, and somebody else can be asked.
commissions-home-see = See what reported back
