### The owners of a group confirm who still belongs to it.

tab-review = Review
review-title = Review of { $group }
review-start-title = Confirm who still belongs
review-start-text = Roster lists the direct members as they are now. You and the other owners say of each person whether they stay; what you answer is kept, and you can go on another day.
review-start-nobody = Nobody is removed for want of an answer. At the end a report says who stays, who is to be removed, and for whom nobody answered.
review-start = Begin review
review-due-soon = { $days ->
    [0] The members are to be reviewed today
    [1] The members are to be reviewed by tomorrow
   *[other] The members are to be reviewed in the next { $days } days
}
review-overdue = The review of the members has been overdue since { $day }
review-overdue-under-way = The review of the members is under way, and overdue since { $day }
review-due = The terms ask for a review by { $day }
review-due-under-way = The terms ask for this review to end by { $day }
tag-review-soon = Due soon
tag-review-overdue = Overdue
review-started = The review has begun.
review-started-text = Every owner of the group can answer.
review-too-many = The group has { $n } direct members, and a review lists { $limit } at most. Save the members as a file to go through them.
review-earlier = Earlier reviews
review-ended-by = Ended by { $person }, { $when }
review-since = { $person } began it { $when }. Who came later is not listed.
review-who = Who still belongs?
review-nobody = Nobody is left to answer for.
review-keep = Stays
review-remove = Is to be removed
review-no-answer = No answer
review-reason = Reason to remove
review-reason-hint = Needed to remove. At most { $limit } characters.
review-needs-reason = Enter why this person is to be removed
review-answered-by = answered by { $person }, { $when }
review-save = Save answers
review-save-and-on = Save and go on
review-back = Previous
review-saved = Your answers are saved.
review-end-text = The report shows the answers as they are saved. After that nobody changes them.
review-end-nothing = Nobody has an answer yet. A review without any answer does not count as one.
review-end = End review
review-count-kept = { $n ->
    [one] One stays
   *[other] { $n } stay
}
review-count-remove = { $n ->
    [one] One to be removed
   *[other] { $n } to be removed
}
review-count-unanswered = { $n ->
    [one] One without an answer
   *[other] { $n } without an answer
}
review-report-title = Report of the review of { $group }
review-report = Report
review-report-nothing = Nobody has an answer, so everybody stays a member, and this does not count as a review.
review-report-text = Whoever has no answer stays a member. Those to be removed are shown once more before anything is written.
review-remove-now = { $n ->
    [one] Go on to remove one person
   *[other] Go on to remove { $n } people
}
review-all = All reviews
review-parts = Answers
review-part-empty = Nobody is in this part of the report.
review-removal-reason = Review of { $day }
review-csv-answer = Answer
review-csv-id = Object id
