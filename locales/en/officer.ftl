# The officer's own chat.
officer-welcome = ✅ Welcome, { $name }. This chat is now your own for the work on { $program }.
officer-menu = { $name }, what shall we do?
officer-line-decide = */putuskan* looks at the products that wait
officer-line-event = */acara* invites to an event
officer-line-broadcast = */siaran* sends an announcement
officer-button-decide = Decide
officer-button-event = Events
officer-button-broadcast = Announce
officer-producer_button = Producer's menu
officer-no_link = That link is not valid. Please ask for a new one.
officer-no_right = That is not among your tasks now. Please ask the programme's admin.
officer-quiet = These are quiet hours: it arrives from { $when } on.
officer-again = Look again

# /putuskan
decide-title = Decision
decide-none = No product is waiting. Thank you.
decide-same = No other product is waiting. This is the same product at its next stage: *{ $stage }*.
decide-left_out = That was the last one. { $count ->
        [one] One product is
       *[other] { $count } products are
    } still waiting.
decide-card = *{ $product }* ({ $number })
    { $owner }, { $village }
    Kind: { $category }
    Price: { $price }
    Capacity: { $capacity }
    Certificates: { $certificates }
    Stage: *{ $stage }*, waiting { $days ->
        [0] since today
        [one] for one day
       *[other] for { $days } days
    }. In the queue: { $waiting }.
decide-certificate = { $kind } { $state }
decide-button-lolos = Pass
decide-button-perlu_perbaikan = Needs work
decide-button-kurang_berkas = Papers missing
decide-button-tidak_lolos = Not yet
decide-button-skip = Leave out
decide-feedback = *{ $product }*: *{ $result }*. Why? Write what is good and what must be better. Example: Tastes good. The label has no expiry date.
decide-feedback-label = Feedback
decide-step = What is the next step? Tap one, or write your own.
decide-step-label = Next step
decide-step-photo = Send new photos
decide-step-papers = Complete the certificates
decide-step-mentor = Ask for a mentor
decide-words = *{ $product }*: *{ $result }*. A word for the producer? Write it, or tap *Skip*. Not sure yet? Type *CANCEL*.
decide-words-label = Message
decide-done = ✅ { $product }: *{ $result }*. The producer has been told (No. K-{ $number }).
decide-taken = { $product } was decided by another officer, or has just changed. That decision stands.
decide-refused = { $product } cannot be decided like that at this stage.
# what the producer reads beside the decision
decide-number = No. K-{ $number }
decide-words_told = From the officer: { $feedback }

# sambang officer add
officer-added = Link for { $name }, good for 24 hours and one use:
officer-no_telegram = There is no link for Telegram: it cannot be reached now. Please try again later.
