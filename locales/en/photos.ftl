# Photos: what the person hears of them. {$count} photos of this product are stored, {$waiting} are still on their road.
photo-received = ✅ We have { $count ->
    [one] { $count } photo
   *[other] { $count } photos
    }. Send more, or type *DONE*.
photo-early = ✅ We have kept { $count ->
    [one] { $count } photo
   *[other] { $count } photos
    }. Please answer the question above.
photo-done = Done
photo-twin = This photo is the same as the one before. We keep one of them.
photo-dark = The photo is rather dark. If you can, send another one from a brighter place.
photo-blurred = The photo is rather blurred. If you can, send another one with a steady hand.
photo-refused-not_a_picture = We cannot open that file as a photo. Please send one from your gallery or camera.
photo-refused-too_large_bytes = The photo is too large for us. Please send one below 20 MB.
photo-refused-too_many_pixels = The photo is too large for us to open. Please send a smaller one.
photo-refused-too_small = The photo is very small. Please send the original, not a screenshot.
photo-refused-broken = The photo did not arrive whole. Please send it once more.
photo-refused-lost = We could not fetch the photo. Please send it once more.
