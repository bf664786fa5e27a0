# Where products stand, and what is told when an officer decided. "Not yet" is kinder than "failed".
decision-menunggu = Waiting to be looked at
decision-kurang_berkas = Papers missing
decision-perlu_perbaikan = Needs improvement
decision-dalam_pembinaan = Being mentored
decision-lolos = Passed this stage
decision-tidak_lolos = Not passed yet
decision-menunggu-mark = ⏳{" "}
decision-kurang_berkas-mark = { "" }
decision-perlu_perbaikan-mark = { "" }
decision-dalam_pembinaan-mark = ⏳{" "}
decision-lolos-mark = ✅{" "}
decision-tidak_lolos-mark = { "" }

status-product = Product: *{ $product }* ({ $number })
    Stage: *{ $stage }* ({ $n } of { $of })
    Result: { $mark }{ $decision } since { $since }
status-feedback = Note: { $feedback }
status-step = What you can do: { $step }
status-next = Next: { $next }.
status-last = This is the last stage.
status-row = *{ $product }*: { $stage } ({ $n } of { $of }), { $mark }{ $decision } since { $since }
status-more = { $count ->
    [one] There is { $count } more product.
   *[other] There are { $count } more products.
    }
status-none = You have no registered product yet. Type *1* to register.
status-unfinished = { $form } is not finished yet. Still missing: { $missing }.
status-go_on = Shall we go on?
status-photo_button = Send new photos
status-help_button = Ask for help
status-button = Check status

told-lolos = ✅ Congratulations, { $owner }. { $product } *passed* the stage { $stage }. Next: { $next }.
told-last = ✅ Congratulations, { $owner }. { $product } *passed* the last stage: { $stage }.
told-perlu_perbaikan = { $owner }, the result of { $stage } for { $product }: *{ $decision }*.
    Note: { $feedback }
    Once it is improved, send new photos with menu *3*. Any question? Type *9*.
told-kurang_berkas = { $owner }, the result of { $stage } for { $product }: *{ $decision }*.
    Please add: { $feedback }
    Send it with menu *4*. Need help? Type *9*.
told-dalam_pembinaan = { $owner }, { $product } is now *{ $decision }* at the stage { $stage }.
    Note: { $feedback }
    A mentor will contact you. Any question? Type *9*.
told-tidak_lolos = { $owner }, { $product }: *{ $decision }* at the stage { $stage }.
    The curator's note: { $feedback }
    You can still take part in mentoring. Type *9* for help from an officer.
told-menunggu = { $owner }, { $product } is looked at once more at the stage { $stage }. The reason: { $feedback }
told-step = Next step: { $step }
