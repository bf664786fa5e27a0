# Certificates: first whether there is one, then a photo or its number, never a block (domain.md 0.8).
certificate-title = Certificates
certificate-list = Certificates of { $number }:
certificate-line = { $kind }: { $mark }{ $state }
certificate-kind = Which one shall we change?
certificate-kind-label = Certificate
certificate-state = Do you have a *{ $kind }*? { $kind ->
    [NIB] NIB is the business number.
    [PIRT] PIRT is the home food permit of the health office.
    [Halal] This means the certificate, not halal ingredients.
    [Merek] Merek is the registered trade mark.
    [BPOM] BPOM MD is the marketing permit for processed food.
    [QRIS] QRIS is the payment code of a bank.
   *[other] { "" }
    }
certificate-state-label = State
certificate-state-issued = Yes
certificate-state-in_progress = In progress
certificate-state-none = No
certificate-number = Please send a photo or PDF of the certificate, or type its number. { $kind ->
    [NIB] A NIB has 13 digits.
    [PIRT] Example: 2063505010001-31.
    [Halal] Example: ID35110000000010126.
    [Merek] Example: IDM000000001.
    [BPOM] Example: MD 245009001018.
    [QRIS] An NMID is ID and 13 digits.
   *[other] { "" }
    } Not at hand? Type *SKIP*.
certificate-number-label = Number
certificate-number-unusual = { $kind ->
    [NIB] A NIB usually has 13 digits, this one has { $digits }.
    [PIRT] A PIRT usually has 15 digits, this one has { $digits }.
   *[other] A { $kind } number does not usually look like this: { $value }.
    } You may send a photo instead. Keep this number anyway?
certificate-number-again = Just send a photo of the certificate, or type *SKIP*.
certificate-help = All right, never mind. Officers can help with { $kind }. Shall a mentor contact you?
certificate-help-yes = Yes, please
certificate-help-no = Later
certificate-help-label = Mentor

certificate-saved-issued = ✅ { $kind } is noted. An officer will check it.
certificate-saved-in_progress = ✅ Noted: { $kind } is in progress.
certificate-saved-none = All right, we noted that there is no { $kind } yet.
certificate-saved-help = ✅ Your request for help with { $kind } is noted. A mentor will contact you.
certificate-other_button = Another certificate
certificate-no_producer = Certificates come after the product. Type *1* to register.

certificate-halal_required = Food and drinks now need a halal certificate. Officers can help.

certificate-name-nib = NIB
certificate-name-pirt = PIRT
certificate-name-halal = Halal
certificate-name-merek = Merek
certificate-name-bpom_md = BPOM
certificate-name-qris = QRIS
certificate-name-sni = SNI
certificate-name-gs1 = GS1 barcode
certificate-name-hak_cipta = Copyright

certificate-none = none yet
certificate-in_progress = in progress
certificate-issued = issued
certificate-verified = issued, checked
certificate-expiring = about to expire
certificate-expired = expired
certificate-rejected = refused
certificate-not_required = not needed

certificate-none-mark = { "" }
certificate-in_progress-mark = ⏳{" "}
certificate-issued-mark = ✅{" "}
certificate-verified-mark = ✅{" "}
certificate-expiring-mark = ⏳{" "}
certificate-expired-mark = { "" }
certificate-rejected-mark = { "" }
certificate-not_required-mark = { "" }
