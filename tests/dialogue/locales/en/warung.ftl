# A small form to try the engine with.
warung-consent = We keep name and product. Do you agree?
warung-consent-yes = I agree
warung-consent-ended = All right. We have erased what you told us.
warung-consent-explain = The data is for the list only.
warung-name = What is your name? For example: Siti Aminah
warung-name-label = Name
warung-place = Which village? For example: Balerejo, Wlingi
warung-place-label = Village
warung-phone = Which number? For example: 0820 0000 0001
warung-phone-label = Phone
warung-kind = Which kind is it?
warung-kind-label = Kind
warung-price = What does it cost? For example: 12 ribu per bungkus
warung-price-label = Price
warung-price-unclear = We could not read the price. For example: 12 ribu per bungkus
warung-card = A card for { $name }.
warung-capacity = How much can you make? For example: 100 bungkus seminggu
warung-capacity-label = Capacity
warung-photos = Send photos, then type *DONE*.
warung-photos-short = Send photos.
warung-photos-label = Photos
warung-story = Is there a story? For example: a recipe of grandmother's
warung-story-label = Story
warung-check = Please check:
    { $summary }
    Is it right?

faq-cost = No, all of it is free.
