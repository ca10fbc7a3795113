### What a page says when something went wrong, and what a rule says when it says no.

error-go-home = Go to the home page
error-go-request = See your request
error-go-approval = See the request
error-go-approvals = See the requests for you
error-go-group = See { $group }
error-go-members = See the members
error-go-owners = See the owners
error-go-responsibilities = Read the responsibilities of owners
error-sign-in-again = Try to sign in again
error-name-this = If you ask somebody for help with this, give them this number:
error-saved = Whatever you had confirmed before this page is saved.
error-again-text = All that you entered is kept in this page.
error-again = Send it again
error-typed = What you typed, so that you can copy it:

error-sign-in-title = You are not signed in
error-sign-in-text = Sign in and try again.
error-not-found-title = There is no such page, or it is not open to you
error-not-found-text = The address may be cut short, or the group may not take part in self-service. Nothing was changed.
error-method-title = This address works with a form only
error-method-text = Go back to the page with the form and send it again. Nothing was changed.
error-cross-site-title = This form came from another site
error-cross-site-text = Roster takes forms from its own pages only. Open the page here and send it again. Nothing was changed.
error-too-large-title = That is more than fits
error-too-large-text = Go back and shorten the text. Nothing was changed.
error-not-a-form-title = Roster could not read that
error-not-a-form-text = Go back to the page with the form and send it again. Nothing was changed.
error-bad-request-title = Roster could not read that
error-bad-request-text = Go back and try again. Nothing was changed.
error-directory-away-title = The directory does not answer
error-directory-away-text = Microsoft Entra is slow or away at the moment. Try again in a minute.
error-directory-gives-up-title = The directory does not know what this page needs
error-directory-gives-up-text = Microsoft Entra refused what this page asked for, and trying again will not help. Whoever looks after Roster finds the reason in its log.
error-directory-refuses-title = The directory did not let you read this
error-directory-refuses-text = Your account may not read what this page needs. An administrator of your tenant can grant the permission.
error-provider-away-title = The sign-in does not answer
error-provider-away-text = The service that signs people in is away at the moment. Try again in a minute.
error-not-accepted-title = The directory does not accept your sign-in
error-not-accepted-text = Roster has renewed it just now, and the directory still says no. Sign in again. If that does not help, wait five minutes, and then tell the people who run Roster.
error-sign-in-failed-title = You could not be signed in
error-store-away-title = Roster cannot reach its records
error-store-away-text = Try again in a minute. Look at the page first: it says whether your last step was kept.
error-too-late-title = This took too long
error-too-late-text = The directory or the network is slow. Look at the page again before you repeat the step: it says what was done.
error-fault-title = Something broke in Roster
error-fault-text = The people who run Roster can find out what happened when you give them the number below.

## Signing in

sign-in-too-late = This sign-in took too long, was used before, or began in another browser. Start again; it takes a few seconds.
sign-in-cancelled = The sign-in was cancelled. Start again when you are ready.
sign-in-wrong-tenant = That account belongs to another organisation. Sign in with your work account.
sign-in-not-assigned = Your account may not use Roster. An administrator of your tenant can assign it to you.
sign-in-refused = The sign-in was refused. Start again; if it goes on, tell the people who run Roster.
sign-in-not-trusted = The answer of the sign-in service could not be trusted, so nobody was signed in. Start again; if it goes on, tell the people who run Roster.
sign-in-misconfigured = The sign-in service does not accept this installation of Roster. The people who run it can see why in the log.
signed-out-title = You are signed out
signed-out-text = Your session here has ended.
sign-in-again = Sign in again
kept-title = Your sign-in had ended
kept-text = What you sent was kept, and nothing was done with it yet. Look at it once more.
kept-send = Send it now
kept-drop = Do not send it
kept-ask = Your request to join a group
kept-withdraw = The withdrawal of your request
kept-approve = Your approval of a request
kept-deny = Your denial of a request
kept-finish = The carrying out of what was decided
kept-leave = Your wish to leave a group
kept-other = A form

## What a rule says

refused-title = This cannot be done
refusal-not-administrator = Only administrators of Roster may do this.
refusal-not-designated = This group does not take part in self-service.
refusal-suspended = This group takes no requests at the moment.
refusal-never-expires = The group does not expire, so there is nothing to renew.
refusal-group-gone = The directory no longer knows this group.
refusal-guests-may-not-ask = Guests cannot ask to join this group. Your contact in the company can ask an owner to add you.
refusal-outside-audience = Only members of { $group } can ask to join this group, and the directory does not name you among them. If you joined it a moment ago, try again in some minutes. Else ask an owner.
refusal-outside-an-audience = Only members of another group can ask to join this group, and you do not belong to it. An owner can tell you more.
refusal-audience-unknown = Only members of another group can ask to join this group, and the directory did not say whether you belong to it. Nothing was sent. Try again in a moment.
refusal-audience-gone = Only members of a group that was deleted can ask to join this group, so nobody can at the moment. An owner or an administrator of Roster can change that.
refusal-already-member = You are a member of this group already.
refusal-already-asked = You have asked already, and the request is open.
refusal-cooling-down = Your last request was denied. You can ask again from { $until }.
refusal-no-owner = Nobody can answer at the moment, because the group has no other owner who can. An administrator can name one.
refusal-too-many-open = You have { $limit } open requests, which is the most anybody may have. Withdraw one you no longer need.
refusal-not-owner = You are not an owner of this group at the moment, so you cannot do this. Nothing was changed.
refusal-own-request = Nobody decides on their own request. Another owner has to answer.
refusal-guests-never-create = Guests cannot create groups here.
refusal-guests-never-decide = Guests cannot answer requests.
refusal-approved-by = { $person } was first and approved this request ({ $when }). Your answer changed nothing.
refusal-denied-by = { $person } was first and denied this request ({ $when }). Your answer changed nothing.
refusal-answered = This request is answered already. Your answer changed nothing.
refusal-stale = This changed since you opened the page. Look at it again and repeat the step if it still makes sense. Nothing was changed.
refusal-requester-gone = The directory no longer knows the person who asked.
refusal-requester-disabled = The account of the person who asked cannot sign in, so they cannot be added. You can deny the request, or wait.
refusal-missing-scope = Roster was not granted the permission { $scope } in your tenant, so this cannot be done. An administrator of the tenant can grant it. Nothing was changed.
refusal-not-member = You are not a member of this group.
refusal-only-nested = You belong to this group through another group. Leave that one.
refusal-add-in-flight = You are being added to this group at this moment. Try again in three minutes.
refusal-nothing-to-extend = Your membership in this group has no end here, so there is nothing to extend.
refusal-already-leaving = You have said already that you wish to leave.
refusal-locked = { $person } set the terms of this group so that only administrators of Roster change this. Nothing was changed.
refusal-last-owner = The group would be left without an owner who can sign in. Make somebody else an owner first. Nothing was changed.
refusal-too-many-owners = The group has { $limit } owners, and the directory takes no more. Nothing was changed.
refusal-waits-for-others = { $more ->
    [one] You have approved. One more owner has to approve before this is decided.
   *[other] You have approved. { $more } more owners have to approve before this is decided.
}
refusal-several-approve = { $needed } owners have to approve everybody who becomes a member of this group, so no owner adds members alone. Send people the address to ask to join; then you and others approve. Nothing was changed.
refusal-too-few-owners = { $needed } owners have to approve here, and fewer are there who could. Ask one of the owners to add another; then ask to join again.
refusal-must-accept = You have not accepted the responsibilities of owners yet. Read and accept them first; then you can answer requests and add members. Nothing was changed.
refusal-nothing-to-finish = This is done already.
refusal-too-late-to-add = The membership that was approved would be over by now, so nobody is added. The person can ask again.
refusal-being-carried-out = Somebody is carrying this out at this moment. Look again in a minute.

ended-withdrawn = The person who asked took the request back.
ended-lapsed = Nobody answered in time, so the request lapsed.
ended-already-member = The person was a member of the group already, so nothing had to be decided.
ended-group-deleted = An owner deleted the group, so the request was closed.
ended-group-gone = The directory no longer knows the group, so the request was closed.
ended-group-unfit = The directory no longer lets owners manage this group here, so the request was closed.
ended-not-designated = The group no longer takes part in self-service, so the request was closed.
ended-no-end = The membership was gone, or had no end any more, so the request was closed.
ended-requester-gone = The directory no longer knows the person who asked, so the request was closed.

directory-not-allowed = The directory did not let the owner who approved change this group.
directory-gone = The directory did not find the group or the person.
directory-not-changeable = The directory does not let anybody change the members of this group from here.

unfit-deleted = The group was deleted in the directory.
unfit-synchronised = The group is managed on-premises and only copied to the cloud.
unfit-dynamic = A rule decides who belongs to this group.
unfit-mail-enabled-security = Mail-enabled security groups are managed in Exchange.
unfit-distribution-list = Distribution lists are managed in Exchange.
unfit-role-assignable = The group can hold directory roles, so self-service is not allowed.
unfit-restricted = The group is in a restricted administrative unit, where owners cannot manage members.
unfit-unsupported = The directory describes this group in a way that Roster does not know.
suspended-by-administrator = An administrator has paused requests for this group.
suspended-restored = The group was deleted and is back. It takes no requests until an administrator of Roster lets it take part again.
suspended-gone = The directory no longer knows this group.

hindered-gone = The directory does not know this person. Nothing was changed.
hindered-disabled = The account of this person cannot sign in, so they cannot be added. Nothing was changed.
hindered-guest = This person is a guest, and the terms of the group let no guests in. An administrator of Roster can change the terms. Nothing was changed.
hindered-outside-audience = Only members of another group can ask to join this group, and the directory does not name this person among them. You can deny the request, or change who may ask. Nothing was changed.
hindered-audience-unknown = Only members of another group can ask to join this group, and the directory did not say whether this person belongs to it. Nothing was changed. Try again in a moment.
hindered-audience-gone = Only members of a group that was deleted can ask to join this group. Change who may ask first, or deny the request. Nothing was changed.
hindered-member = This person is a member already. Nothing was changed.
hindered-not-member = This person is not a direct member of the group. Nothing was changed.
hindered-being-added = This person is being added at this moment. Look again in three minutes.
hindered-being-removed = This person is being removed at this moment. Look again in three minutes.
hindered-has-asked = This person has asked to join. Approve the request to add them.
hindered-owner = This person owns the group already. Nothing was changed.
hindered-not-owner = This person does not own the group. Nothing was changed.
hindered-guest-owner = This person is a guest, and guests do not run groups here. Nothing was changed.
hindered-own-end = Another owner decides when your own membership ends. Nothing was changed.
hindered-not-given = Roster did not give this membership, so it sets no end to it. Nothing was changed.
hindered-themself = To leave a group yourself, go to your memberships. Nothing was changed.
