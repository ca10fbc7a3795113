### The responsibilities of owners: the administrators' page, and the page on which owners accept them.

responsibilities-title = Responsibilities of owners
responsibilities-intro = What every owner accepts before answering requests and adding members.
responsibilities-link = Responsibilities of owners
responsibilities-empty-title = No responsibilities are written yet
responsibilities-empty-text = Until an administrator writes them, owners answer requests without having accepted anything.
responsibilities-version = Version { $n }
responsibilities-not-asked = Owners were not asked again
responsibilities-count-since = Counts since { $day }
responsibilities-count-from = Counts from { $day }
responsibilities-preview = How owners will see it
responsibilities-write = Write the responsibilities
responsibilities-change = Write the next version
responsibilities-label = Text
responsibilities-label-hint = At most { $limit } characters. Headings, lists, emphasis and links can be written in Markdown.
responsibilities-empty-slip = Enter the text that owners are to accept
responsibilities-who-asks = Who has to accept it
responsibilities-asks = Every owner, also those who accepted an earlier version
responsibilities-asks-not = Only those who have accepted no version yet, for this corrects the wording only
responsibilities-days = Days until it counts
responsibilities-days-hint = 0 for at once, at most { $most }. Until then owners can answer requests without having accepted it. It does not matter where nobody is asked again.
responsibilities-days-slip = Enter a whole number of days from { $least } to { $most }
responsibilities-save = Save and publish
responsibilities-see-preview = See how it looks
responsibilities-saved = The responsibilities are published.
responsibilities-saved-text = Owners who are asked find them on their first page.
responsibilities-meanwhile = Somebody published another version since you opened the page
responsibilities-meanwhile-text = What you typed is kept below, and nothing was saved. Read the other version, then save yours if it is still right.
responsibilities-who = Who has accepted
responsibilities-nobody-asked = Nobody is asked before there is a text.
responsibilities-progress = { $owners ->
    [0] No group that takes part has an owner.
   *[other] { $accepted } of { $owners } owners of groups that take part have accepted it.
}
responsibilities-missing = Not accepted yet
responsibilities-groups = { $n ->
    [one] owns one group
   *[other] owns { $n } groups
}
responsibilities-more = { $n ->
    [one] And one more.
   *[other] And { $n } more.
}
responsibilities-earlier = Earlier versions

responsibilities-must = Accept the responsibilities of owners first
responsibilities-must-text = Until you do, you cannot answer requests or add members, in any group that you own.
responsibilities-until = Accept the responsibilities of owners by { $day }
responsibilities-until-text = From then on you cannot answer requests or add members before you have accepted them.
responsibilities-accept = Accept the responsibilities
responsibilities-have = You have accepted them.
responsibilities-accepted = You accepted the responsibilities of owners.
responsibilities-accepted-text = It holds for every group that you own.
responsibilities-read = Read the responsibilities
