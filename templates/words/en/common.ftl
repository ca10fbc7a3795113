### What every page says. Names of people and groups stand in { $person } and { $group }.

skip-to-content = Skip to main content
search-groups = Search groups
your-menu = { $person }, your menu
colours = Colours
colours-light = Light
colours-dark = Dark
colours-auto = Auto
sign-out = Sign out
nav-main = Main
nav-home = Home
nav-groups = Browse groups
nav-memberships = My memberships
nav-requests = My requests
nav-owned = Groups I own
nav-approvals = Requests for you
nav-admin = Groups that take part
nav-help = Help
footer = Roster keeps groups in Microsoft Entra ID

## Time

time-today = today
time-tomorrow = tomorrow
time-yesterday = yesterday
time-day-and-hour = { $day }, { $hour }

## Forms

form-problem = { $n ->
    [one] There is a problem
   *[other] There are { $n } problems
}
form-error-title = Error:

## Kinds of group

kind-security = Security group
kind-microsoft365 = Microsoft 365 group

## How long a membership lasts

days-label = Days of membership
days-hint = They count from the day the membership is given. At most { $most }.
days-slip = Enter a number of days from 1 to { $most }
fact-lasts = Membership lasts
lasts-for-ever = For ever
lasts-usually = { $usual ->
    [one] One day, at most { $most }
   *[other] { $usual } days, at most { $most }
}
lasts-until = Until { $day }
lasts-until-days = Until { $day }, { $days ->
    [one] one day
   *[other] { $days } days
}
lasts-longer = Until { $day } when you approve, until { $now } otherwise
lasts-longer-for-ever = For ever when you approve, until { $now } otherwise
lasts-days = { $days ->
    [one] One day from an owner’s yes
   *[other] { $days } days from an owner’s yes
}

## What a request says of itself

request-title = { $person } wants to join { $group }
extend-title = { $person } wants to stay in { $group }
extend-title-past = { $person } asked to stay in { $group }
request-title-past = { $person } asked to join { $group }
no-reason = No reason given
reason-given = Reason given
asked = Asked
answered-by = answered by { $person }
lapses-on = lapses
guest = Guest
you = You
cancel = Cancel
search = Search
try-again = Try again
first-page = First page
pages = Pages
previous = Previous
next = Next
page-range = { $first }–{ $last } of { $n }
state = State
about-group = About this group
about-request = About this request
text-too-long = Shorten this to { $limit } characters. It has { $length }.

## Facts beside a page

fact-kind = Kind
fact-owners = Owners
fact-responsibilities = Your part
fact-link = To share
fact-group = Group
fact-person = Person
fact-account = Account
fact-gives = What it gives
fact-answers = Who answers
fact-waits = How long
fact-earlier = Asked before
fact-designated = Takes part since
waits-days = { $days ->
    [one] Waits one day for an answer, then lapses
   *[other] Waits { $days } days for an answer, then lapses
}
any-one-answers = { $owners ->
    [one] Answers alone
   *[other] Any one of them can answer
}

## How a request stands

standing-waiting = Waiting for an owner
standing-waiting-for-you = Waiting for you
standing-waiting-for-others = Waiting for others
standing-being-added = Approved, being added
standing-delayed = Delayed
standing-extended = Extended
standing-added = Added
standing-not-added = Could not be added
standing-abandoned = Given up
standing-denied = Not approved
standing-withdrawn = Withdrawn
standing-lapsed = Lapsed
standing-closed = Closed

## The moments of a request

how-far = How far it is
moment-asked-to-stay = { $person } asked to stay
moment-asked = { $person } asked to join
moment-approved = { $person } approved the request
moment-denied = { $person } did not approve the request
moment-waiting = Waiting for an answer
moment-lapses = Lapses { $day }
moment-being-added = Being added to the group
moment-being-added-note = The directory has not confirmed it yet. An owner can finish it.
moment-delayed = The directory has refused so far. An owner can try again.
moment-added = Added to the group
moment-not-added = Could not be added
moment-abandoned = Nobody could carry it out in time, so it was given up. A new request can be made.

## Groups, wherever they are shown

tag-member = You are a member
tag-suspended = Paused
group-suspended = This group takes no requests at the moment
owned-by-nobody = nobody owns it at the moment
no-owners = Nobody at the moment
owned-by-one = owned by { $person }
owned-by-several = { $others ->
    [one] owned by { $person } and 1 other
   *[other] owned by { $person } and { $others } others
}
what-it-gives = What membership gives
tag-gone = Gone
owed-add-title = { $person } is to be added to { $group }
owed-ended-title = The membership of { $person } in { $group } has ended
owed-remove-title = { $person } is to be removed from { $group }
owed-add-owner-title = { $person } is to become an owner of { $group }
owed-remove-owner-title = { $person } is to cease to own { $group }
leave-title = { $person } wishes to leave { $group }
leave-group = Leave group
