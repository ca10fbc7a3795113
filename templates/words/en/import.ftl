### Many people at once: a list that is added or removed.

import-many = Add or remove many
import-title = Add or remove many people in { $group }
import-intro = Every row is looked up and shown to you first. Nothing changes before you confirm.
import-kind = What happens to these people
import-kind-add = Add them to the group
import-kind-remove = Remove them from the group
import-paste = Paste a list
import-people = People
import-people-hint = Mail addresses, user names or object ids, one on each line or separated by semicolons or commas.
import-look-up = Look people up
import-upload = Upload a file
import-file = File with the list
import-file-hint = CSV or text, at most 2 MB and { $limit } rows. With headings, these columns count, the first that is filled: Object id, user name, mail.
import-look-up-file = Look people up from the file
import-earlier = Earlier lists
import-lists = Lists that are not over
import-paste-empty = Paste at least one address
import-file-empty = Choose a file that names at least one person
import-file-too-large = The file is larger than 2 MB. Split it, or leave out columns that are not needed.
import-file-no-text = The file is no text that can be read here. Save it as CSV in UTF-8.
import-unclosed = Line { $line }: a quotation mark opens here and is never closed, so what follows cannot be told apart.
import-too-many = The list has { $n } rows. At most { $limit } can be looked up at once.

import-line-add = { $person } adds people from a list
import-line-remove = { $person } removes people from a list
import-line-when = Made { $when }
import-tag-reading = Looking up
import-tag-preview = Not started
import-tag-running = Under way
import-tag-cancelling = Ending
import-tag-paused = Stopped
import-tag-ended = Done
import-tag-cancelled = Ended early

import-show-add = Add people to { $group }
import-show-remove = Remove people from { $group }
import-by = By { $person }, { $when }
import-reading = { $n ->
    [one] Looking one row up in the directory
   *[other] Looking { $n } rows up in the directory
}
import-adding = { $n } of { $of } done: adding people
import-removing = { $n } of { $of } done: removing people
import-leave = You can leave this page and find it again from the members of the group. It stops when your sign-in ends; any owner can then continue it.
import-cancelling = It ends after the rows that are under way.
import-lasts = { $days ->
    [one] Each membership lasts one day.
   *[other] Each membership lasts { $days } days.
}
import-check = Check the rows below. Only those marked as new or leaving are carried out; nothing happens for the others.
import-nothing = Nothing is left to do
import-nothing-text = No row of this list would change the group. The rows below say why.
import-too-old = This list was looked up more than an hour ago
import-too-old-text = Much may have changed since. Look the people up again, then start.
import-not-started = The list was not started
import-not-started-text = Another list of this group is under way or stopped. Let it end first, then start this one.
import-ended-add = The list is carried out. Every row below says what became of it.
import-ended-remove = The removals are carried out. Every row below says what became of it.
import-cancelled = Ended early. What was carried out before stays so.
import-discarded = Discarded. Nothing was changed.
import-outcomes = What became of the rows
import-rows = { $n ->
    [one] One row
   *[other] { $n } rows
}
import-start-add = { $n ->
    [one] Add one person
   *[other] Add { $n } people
}
import-start-remove = { $n ->
    [one] Remove one person
   *[other] Remove { $n } people
}
import-continue = Continue
import-look-up-again = Look up again
import-cancel = End early
import-discard = Discard list
import-refresh = Show how it goes now
import-filter = Which rows
import-all-rows = All rows
import-download = Download as CSV
import-caption = Rows of the list
import-csv-line = Line
import-csv-typed = In the list
import-csv-person = Person
import-csv-id = Object id
import-csv-result = Result

import-halt-sign-in = Sign in to continue
import-halt-sign-in-text = The sign-in of the owner who carried this out has ended. What is done stays done; you or another owner can continue.
import-halt-interrupted = The work was interrupted
import-halt-interrupted-text = Roster stopped in the middle of it. Nothing is lost; continue where it stopped.
import-halt-away = The directory does not answer
import-halt-away-text = What is done stays done. Continue when the directory answers again.
import-halt-not-owner = The owner who carried this out no longer owns the group
import-halt-not-owner-text = What was done before stays done. Another owner can continue.
import-halt-not-designated = The group no longer takes part
import-halt-not-designated-text = What is done stays done. It can go on when an administrator lets the group take part again.
import-halt-suspended = The group is paused
import-halt-suspended-text = Nobody is added while it is paused. Continue when an administrator has resumed it.
import-halt-terms = The terms of the group changed
import-halt-terms-text = They no longer let an owner add everybody on this list. What is done stays done. Cancel it and look up a new list of those who may still be added.
import-halt-gone = The directory no longer knows the group
import-halt-gone-text = What is left cannot be carried out unless the group is restored.
import-halt-unfit = The group can no longer be changed from here
import-halt-unfit-text = What is done stays done. It can go on when the group can be managed here again.
import-halt-not-allowed = The directory does not let this owner change the group
import-halt-not-allowed-text = What is done stays done. Another owner may succeed, or a policy of the directory stands in the way.

import-row-new = New
import-row-leaves = Leaves the group
import-row-member = Already a member
import-row-no-member = Not a member
import-row-duplicate = Named by an earlier row
import-row-has-asked = Has asked: answer their request
import-row-being-added = Is being added already
import-row-being-removed = Is being removed already
import-row-guest = Guest: the terms let none in
import-row-disabled = Account cannot sign in
import-row-themself = You: leave from your memberships
import-row-ambiguous = Several people go by this
import-row-unknown = Nobody goes by this
import-row-empty = Not readable: no address in this row
import-row-no-key = Not readable: neither an address nor an object id
import-row-too-long = Not readable: longer than any address
import-row-unseen = Not readable: has characters that cannot be seen
import-row-added = Added
import-row-removed = Removed
import-row-was-member = Was a member already
import-row-was-no-member = Was no member any more
import-row-gone = The directory no longer knows them
import-row-not-allowed = The directory does not allow it
import-row-not-changeable = The group cannot be changed
import-row-being-changed = Another change for them was under way
import-row-given-up = Given up: nobody finished it
import-row-unconfirmed = Not confirmed by the directory
import-row-waiting = Waits for its turn
import-row-not-tried = Not tried: the list ended before
