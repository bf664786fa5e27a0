# Who the producer is. A new consent text needs a new version (UU 27/2022 art. 24: which text was agreed to).
registration-consent-version = 2026-11-a
registration-title = Your registration
registration-consent = { $dinas } keeps your name, phone, village, products, photos and certificates. They serve records, curation, mentoring and event news. We *never* ask for money, a PIN or an ID card. Do you agree?
registration-consent-short = Do you agree that we keep this data for the programme?
registration-consent-yes = I agree
registration-consent-explain_button = Explain first
registration-consent-no = No
registration-consent-explain = Data is kept until { $years } years after the programme. Type *PROFILE* to see it, *DELETE DATA* to remove it. Data officer: { $data_officer }.
registration-consent-ended = All right. Your answers are deleted. If you change your mind, type *REGISTER*. Would you like to talk to an officer? Type *9*.
registration-consent-label = Consent

registration-adult = Are you 18 years or older?
registration-adult-yes = Yes
registration-adult-no = Not yet
registration-adult-ended = Please ask a parent, teacher or manager who is 18 or older to register. Your answers are deleted.
registration-adult-label = Age

registration-name = What is your name? Example: Siti Aminah
registration-name-label = Name

registration-unit = Which village are you from? Write the village and its district. Example: { $unit_example }
registration-unit-label = Village

registration-phone = Which phone number can we call? Example: 0820 0000 0001. You may also *SKIP*.
registration-phone-label = Phone

registration-finished = Thank you, { $name }. Now your product.
registration-villages = { $village }, and { $count } more
