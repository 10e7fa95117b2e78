/// Which of the fields that a writer computes are to be written as they are given, right or wrong.
public struct KeptFields: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let length = KeptFields(rawValue: 1)
  public static let checksum = KeptFields(rawValue: 2)
  /// The length of the header itself, in words of 4 bytes: whoever reads it finds the data elsewhere than it is.
  public static let headerLength = KeptFields(rawValue: 4)
  /// What was parsed is written again as it was.
  public static let all: KeptFields = [.length, .checksum]
}
