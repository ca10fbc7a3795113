### A person asks to join.

ask-title = Ask to join { $group }
ask-intro = { $owners ->
    [one] One owner reads your request.
   *[other] { $owners } owners read your request; any one of them can answer.
}
ask-reason = Why do you want to join?
ask-reason-optional = Why do you want to join? (You can leave this empty.)
ask-reason-hint = The owners read this. At most { $limit } characters.
ask-needs-reason = Enter why you want to join
ask-question-optional = { $question } (You can leave this empty.)
ask-answer-hint = The owners read your answer. At most { $limit } characters.
ask-needs-answer = Answer the question: { $question }
ask-other-questions = Nothing was sent: this group asks other questions now
ask-other-questions-text = Somebody changed them while you were writing. What you wrote is kept below. Answer what is new, and send your request.
ask-dropped-text = These are no longer asked. What you answered to them is not sent.
your-answers = Your answers
no-answer = No answer
send-request = Send request
ask-sent = Your request to join { $group } was sent.
ask-sent-text = The owners see it in Roster. This page shows what becomes of it.
requests-intro = Groups you asked to join, the newest first.
requests-empty-title = You have not asked to join a group yet
requests-empty-text = What you ask for appears here, with everything that becomes of it.
my-extension-title = Your request to stay in { $group }
my-request-title = Your request to join { $group }
withdraw-request = Withdraw request
withdraw-extension-done = You withdrew your request to stay in { $group }.
withdraw-done = You withdrew your request to join { $group }.
withdraw-done-text = You can ask again at any time.
