### Memberships, and leaving.

memberships-intro = { $n ->
    [0] Groups that take part in self-service and that you belong to.
    [one] You belong to one group that takes part in self-service.
   *[other] You belong to { $n } groups that take part in self-service.
}
join-a-group = Join a group
memberships-empty-title = You are in none of the groups that take part
memberships-empty-text = Groups you join appear here.
memberships-away = Your memberships cannot be read
memberships-away-text = The directory does not answer at the moment. Nothing has changed; try again in a minute.
member-direct = Direct member
member-nested = Through another group
member-until = until { $day }
extend = Extend
extend-form-title = Stay in { $group } for longer
extend-intro = As things are, you belong to it until { $day }. An owner answers.
extend-reason = Why do you want to stay?
extend-reason-optional = Why do you want to stay? (You can leave this empty.)
extend-needs-reason = Enter why you want to stay
extend-for-ever = Memberships of this group last for ever now, so an approval takes the end away.
extend-sent = Your request to stay in { $group } was sent.
leaving = Leaving
wish-kept = wish to leave kept { $when }
leave = Leave
stay = Stay
stay-member = Stay a member
leave-confirm-title = Leave { $group }?
leave-confirm-text = You lose what this membership gives. To come back, you have to ask again.
leave-confirm-how = Many directories let only owners remove members. Then your wish is kept, and an owner carries it out.
leave-still-owner = You are also an owner of this group. Leaving as a member does not change that.
left-done = You left { $group }.
left-kept = Your wish to leave { $group } is kept.
left-kept-text = The directory did not let you do it yourself, or did not answer. The owners see your wish and can carry it out. You are a member until then.
stay-done = You stay a member of { $group }.
