### The first page, and help.

home-title = Hello { $person }
home-nothing = Nothing is waiting for you.
home-waiting = { $n ->
    [one] One thing waits for you.
   *[other] { $n } things wait for you.
}
home-new-owner = You are an owner of { $group } now
home-new-owner-text = { $person } made you an owner. You answer who asks to join, and see to its members.
home-new-owner-open = Open the group
home-answer = Waiting for you
home-all = All requests for you
home-ending = Your memberships that end
home-reviews = Members to review
home-reviews-wait = { $n ->
    [one] One group is waiting for a review of its members.
   *[other] { $n } groups are waiting for a review of their members.
}
home-open = Your open requests
home-all-mine = All your requests
home-empty-title = You have no open requests
home-empty-text = Find a group and ask to join it.

help-title = How Roster works
help-intro = Short answers to what people ask.
help-ask-title = How do I get into a group?
help-ask-text = Find it under Browse groups, open it and ask to join. Its owners read your reason, and one of them answers. Your request shows every step.
help-added-title = My request is approved, and I am not in the group. Why?
help-added-text = Microsoft Entra was slow or away when you were to be added. The decision is saved, and any owner of the group can finish it. Applications may take some minutes more to notice.
help-answer-title = Who may answer a request?
help-answer-text = Whoever owns the group in Microsoft Entra at that moment. Nobody answers their own request, and guests never answer.
help-leave-title = How do I leave a group?
help-leave-text = Open My memberships and choose Leave. Many directories let only owners remove members; then your wish waits in their list and they carry it out.
help-who-title = A group is not listed, or nobody answers. Who can help?
help-who-text = Administrators of Roster say which groups take part and see to it that every group has an owner. Ask the help desk of your company for them.
