import Net
import TestSupport
import Testing

@Suite struct ByteSizeTests {
  @Test(
    arguments: [
      ("512B", 512, "512B"), ("64KiB", 65536, "64KiB"), ("10MB", 10_000_000, "10MB"), ("1500B", 1500, "1500B"),
      ("1.5kB", 1500, "1500B"), ("1KB", 1000, "1kB"),
      ("0B", 0, "0B"), ("0TiB", 0, "0B"), ("1024B", 1024, "1KiB"), ("1.5MiB", 1_572_864, "1536KiB"),
      ("2TB", 2_000_000_000_000, "2TB"), ("3GiB", 3 << 30, "3GiB"),
      ("0.5KiB", 512, "512B"), ("-5MB", -5_000_000, "-5MB"), ("9223372036854775807B", .max, "9223372036854775807B"),
      ("-9223372036854775808B", .min, "-8388608TiB"), ("1.000000000000000000000000000kB", 1000, "1kB"),
      ("8388607TiB", Int64.max - (1 << 40) + 1, "8388607TiB"),
    ] as [(String, Int64, String)])
  func parses(text: String, bytes: Int64, canonical: String) throws {
    let size = try #require(ByteSize(text))
    #expect(size.bytes == bytes && size.description == canonical)
    #expect(ByteSize(canonical) == size)
  }

  @Test(
    arguments: [
      "512", "B", "KiB", "64kib", "64KIB", "64kiB", "64Kib", "64K", "10M", "10mb", "64 KiB", "1.5B", "0.3KiB", ".5KiB",
      "1.KiB", "1..5KiB", "1.5.5KiB", "1KiB2B",
      "9223372036854775808B", "8388608TiB", "99999999999999999999999B", "1_000B", "1,5MB", "+1B", "1e3B", "--1B", "-",
      "-B",
    ] + hostileTexts)
  func refuses(text: String) { #expect(ByteSize(text) == nil) }

  @Test(
    arguments: [
      (0, "0 B"), (512, "512 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (65536, "64 KiB"),
      (1_500_000, "1.4 MiB"), (1_048_524, "1023.9 KiB"),
      (1_048_525, "1 MiB"), (1_048_575, "1 MiB"), (1 << 30, "1 GiB"), (1_234_567_890_123, "1.1 TiB"),
      (-1536, "-1.5 KiB"), (.max, "8388608 TiB"), (.min, "-8388608 TiB"),
    ] as [(Int64, String)])
  func approximates(bytes: Int64, text: String) { #expect(ByteSize(bytes: bytes).approximate == text) }

  @Test func roundTrips() {
    var random = SeededRandom(seed: 1024)
    for _ in 0..<2000 {
      let number = random.number()
      for bytes in [number, number / 1000 * 1000, number & ~1023] {
        let size = ByteSize(bytes: bytes)
        #expect(ByteSize(size.description) == size)
      }
    }
  }
}
