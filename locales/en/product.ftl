product-title = Your product's registration
product-consent-version = 2026-11-a
product-name = What is the product called? Example: Keripik Singkong Balerejo
product-name-label = Product name
product-card = *Product card* (draft)
    Number: *{ $number }*
    Product: { $name }
    From: { $village }
    Owner: { $owner }
product-category = Which kind is it?
product-category-label = Kind
product-price = What does it cost, and for how much? Example: 12 ribu per bungkus
product-price-label = Price
product-capacity = How much can you usually make? Example: 100 bungkus seminggu. Not sure yet? Type *SKIP*.
product-capacity-label = Capacity
product-photos = 📷 Now send photos of the product. Three are best: the front, the pack with its label, and how it is made. Is that all? Type *DONE*. No photos yet? Type *SKIP*.
product-photos-short = 📷 Send photos of the product. Is that all? Type *DONE*. No photos yet? Type *SKIP*.
product-photos-label = Photos
product-catalogue = May the product's name and photos appear in the public catalogue? Buyers can then contact you.
product-catalogue-yes = Yes, they may
product-catalogue-no = Not yet
product-catalogue-label = Catalogue
product-check = Please check:
    { $summary }
    Is it right?
product-check-yes = It is right
product-check-no = Something is wrong
product-check-label = Check

product-done = ✅ Thank you, { $owner }. { $product } is registered. Number: *{ $number }*. An officer will look at it within { $days ->
        [one] { $days } working day
       *[other] { $days } working days
    }. Type *STATUS* at any time.
product-again_button = Another product
product-certificates_button = Certificates

announcements-title = Announcements
announcements-consent-version = 2026-11-b
announcements-allowed = May we send announcements here? At most twice a week.
announcements-allowed-yes = You may
announcements-allowed-no = Please do not
announcements-allowed-label = Announcements
announcements-yes = All right, we will send announcements. To stop them, type *STOP BROADCAST*.
announcements-no = All right, no announcements. We still tell you how your product is judged.

photo-title = Sending product photos
photo-product = Which product are these photos of?
photo-product-label = Product
photo-photos = 📷 Please send the photos, one to five. Is that all? Type *DONE*.
photo-photos-label = Photos
photo-saved = ✅ We have kept { $count ->
    [one] { $count } photo
   *[other] { $count } photos
    } of { $product }. An officer will look at them.
photo-none = No photo has come in yet. Never mind, menu *3* is there at any time.
photo-no_product = You have no registered product yet. Type *1* to register, photos come after it.
