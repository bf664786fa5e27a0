# Events: the officer's form and list, the invitation, answers and reminders.
event-title = Invitation to an event
event-name = What is the event called? Example: Packaging workshop
event-name-label = Event
event-when = When? Write the day, date and time. Example: 5 December 9 am
event-when-label = Time
event-when-past = That time is over. Write a time to come. Example: 5 December 9 am
event-unit = In which village? Write the village and its district. Example: { $unit_example }
event-unit-label = Village
event-place = Where in the village? Example: village hall. Is the village enough? Tap *Skip*.
event-place-label = Place
event-check = Please check:
    { $summary }
    All registered producers will be invited. Is it right?
event-check-label = Check
event-planned = ✅ *{ $title }* is noted: { $when } at { $place }. Invitations are on their way. Type */acara* to see who comes.
event-list = *Coming events*
event-row = *{ $title }*, { $when }, { $place }: yes { $yes }, no { $no }, maybe { $maybe }, no answer { $silent }
event-new_button = New event
event-cancel_button = Cancel { $title }
event-cancel_ask = *{ $title }*, { $when }. Really cancel it? Everybody invited is told.
event-cancel_yes = Yes, cancel it
event-cancel_no = No, keep it
event-cancelled_done = { $title } is cancelled. Those invited are told.
event-cancelled_before = { $title } was cancelled before.

event-guest = { $name }
event-guest_unnamed = friend
event-invitation = Dear { $guest }, you are invited to *{ $title }*.
    { $when }
    { $place }
    It is free. Can you come?
event-cancelled = We are sorry: *{ $title }* on { $when } is *cancelled*. News will come here.
event-over = { $title } is over.
event-tomorrow = Tomorrow, { $day } at { $time }: *{ $title }*, { $place }. See you, { $guest }.
event-today = Today at { $time }: *{ $title }*, { $place }. See you, { $guest }.
event-two_hours = In two hours, at { $time }: *{ $title }*, { $place }. See you, { $guest }.
rsvp-button-yes = I will come
rsvp-button-no = I cannot
rsvp-button-maybe = Not sure
rsvp-yes = ✅ Good, you are noted for { $title }. We will remind you.
rsvp-no = All right. Maybe next time.
rsvp-maybe = All right. Once you know, tap *I will come* or *I cannot*.
