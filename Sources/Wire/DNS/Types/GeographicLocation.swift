import Net

/// The record of a place.
let locationShapes = [RecordShape(29, "RFC 1876 §2", .init("location", .location))]

/// A place on Earth with its size and how exact it is (RFC 1876).
public struct GeographicLocation: Sendable, Hashable {
  /// Thousandths of a second of arc, north and east positive.
  public var latitude: Int64
  public var longitude: Int64
  /// Centimetres above the WGS 84 spheroid.
  public var altitude: Int64
  /// Mantissa in the upper and power of ten in the lower four bits, in centimetres (RFC 1876 §2).
  public var size: UInt8
  public var horizontalPrecision: UInt8
  public var verticalPrecision: UInt8

  private static let equator: Int64 = 1 << 31
  /// 100,000 m below the spheroid.
  private static let lowest: Int64 = 10_000_000
  private static let degree: Int64 = 3_600_000

  public init(
    latitude: Int64, longitude: Int64, altitude: Int64, size: UInt8, horizontalPrecision: UInt8,
    verticalPrecision: UInt8
  ) {
    self.latitude = latitude
    self.longitude = longitude
    self.altitude = altitude
    self.size = size
    self.horizontalPrecision = horizontalPrecision
    self.verticalPrecision = verticalPrecision
  }

  /// Reads the 16 bytes of the data; nil if the version is not 0 or a number is beyond its range.
  init?(wire: ArraySlice<UInt8>) {
    guard wire.count == 16, let first = wire.first, first == 0 else { return nil }
    let start = wire.startIndex
    func number(_ offset: Int) -> Int64 {
      wire[(start + offset)..<(start + offset + 4)].reduce(0) { $0 << 8 | Int64($1) }
    }
    size = wire[start + 1]
    horizontalPrecision = wire[start + 2]
    verticalPrecision = wire[start + 3]
    latitude = number(4) - GeographicLocation.equator
    longitude = number(8) - GeographicLocation.equator
    altitude = number(12) - GeographicLocation.lowest
    guard abs(latitude) <= 90 * GeographicLocation.degree, abs(longitude) <= 180 * GeographicLocation.degree else {
      return nil
    }
    for scale in [size, horizontalPrecision, verticalPrecision] where scale >> 4 > 9 || scale & 0xF > 9 { return nil }
  }

  var wire: [UInt8] {
    let numbers = [
      latitude + GeographicLocation.equator, longitude + GeographicLocation.equator,
      altitude + GeographicLocation.lowest,
    ]
    return [0, size, horizontalPrecision, verticalPrecision]
      + numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> Int64(24 - 8 * $0)) } }
  }

  /// The text of RFC 1876 §3: `52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m`.
  public var text: String {
    func arc(_ value: Int64, _ positive: String, _ negative: String) -> String {
      let size = abs(value)
      let seconds = size % 60_000
      let thousandths = String(seconds % 1000)
      let fraction = String(repeating: "0", count: 3 - thousandths.count) + thousandths
      let letter = value < 0 ? negative : positive
      return "\(size / GeographicLocation.degree) \(size / 60_000 % 60) \(seconds / 1000).\(fraction) \(letter)"
    }
    let sizes = [size, horizontalPrecision, verticalPrecision].map(GeographicLocation.metres)
    return
      ([arc(latitude, "N", "S"), arc(longitude, "E", "W"), GeographicLocation.centimetres(altitude) + "m"] + sizes)
      .joined(separator: " ")
  }

  private static func centimetres(_ value: Int64) -> String {
    let size = abs(value)
    let part = size % 100
    return "\(value < 0 ? "-" : "")\(size / 100).\(part < 10 ? "0" : "")\(part)"
  }

  private static func metres(_ scale: UInt8) -> String {
    let value = (0..<Int(scale & 0xF)).reduce(Int64(scale >> 4)) { value, _ in value * 10 }
    return value % 100 == 0 && value > 0 ? "\(value / 100)m" : centimetres(value) + "m"
  }

  /// Parses the words of the text: degrees, then perhaps minutes and seconds, N or S; the same for E or W; the altitude; and
  /// perhaps size and precisions, 1 m, 10,000 m and 10 m where they are missing. Nil for anything else.
  init?(words: [String]) {
    var rest = words[...]
    guard let latitude = GeographicLocation.takeArc(&rest, "N", "S", limit: 90),
      let longitude = GeographicLocation.takeArc(&rest, "E", "W", limit: 180),
      let altitude = rest.popFirst().flatMap(GeographicLocation.centimetres(of:)),
      (-GeographicLocation.lowest...(0xFFFF_FFFF - GeographicLocation.lowest)).contains(altitude)
    else { return nil }
    var scales: [UInt8] = [0x12, 0x16, 0x13]
    for index in 0..<3 {
      guard let word = rest.popFirst() else { break }
      guard let value = GeographicLocation.centimetres(of: word), let scale = GeographicLocation.scale(of: value) else {
        return nil
      }
      scales[index] = scale
    }
    guard rest.isEmpty else { return nil }
    self.latitude = latitude
    self.longitude = longitude
    self.altitude = altitude
    (size, horizontalPrecision, verticalPrecision) = (scales[0], scales[1], scales[2])
  }

  private static func takeArc(
    _ words: inout ArraySlice<String>, _ positive: String, _ negative: String, limit: Int64
  ) -> Int64? {
    var units: [Int64] = []
    while let word = words.popFirst() {
      if word.uppercased() == positive || word.uppercased() == negative {
        guard let degrees = units.first else { return nil }
        let minutes = units.count > 1 ? units[1] : 0
        let thousandths = units.count > 2 ? units[2] : 0
        let value = degrees * degree + minutes * 60_000 + thousandths
        guard value <= limit * degree else { return nil }
        return word.uppercased() == negative ? -value : value
      }
      switch units.count {
      case 0, 1:
        guard let number = decimal(word.utf8), number <= (units.isEmpty ? UInt16(limit) : 59) else { return nil }
        units.append(Int64(number))
      case 2:
        guard let number = fixed(word, places: 3), (0..<60_000).contains(number) else { return nil }
        units.append(number)
      default: return nil
      }
    }
    return nil
  }

  private static func centimetres(of word: String) -> Int64? {
    fixed(word.hasSuffix("m") || word.hasSuffix("M") ? String(word.dropLast()) : word, places: 2)
  }

  /// Reads a decimal number with at most so many decimals, as a multiple of the last one.
  private static func fixed(_ word: String, places: Int) -> Int64? {
    let isNegative = word.hasPrefix("-")
    let parts = (isNegative ? word.dropFirst() : word[...]).split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = parts[0]
    let fraction = parts.count > 1 ? parts[1] : ""
    let digits = Array(whole.utf8) + Array(fraction.utf8)
    guard !whole.isEmpty, whole.utf8.count <= 10, fraction.utf8.count <= places, digits.allSatisfy(\.isDigit) else {
      return nil
    }
    let padding = String(repeating: "0", count: places - fraction.utf8.count)
    guard let number = Int64("\(whole)\(fraction)\(padding)") else { return nil }
    return isNegative ? -number : number
  }

  private static func scale(of centimetres: Int64) -> UInt8? {
    guard centimetres >= 0, centimetres <= 9_000_000_000 else { return nil }
    var (mantissa, power) = (centimetres, UInt8(0))
    while mantissa > 9 {
      mantissa /= 10
      power += 1
    }
    return UInt8(mantissa) << 4 | power
  }
}
