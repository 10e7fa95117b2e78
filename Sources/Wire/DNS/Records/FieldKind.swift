import Net

/// How a field of a record's data stands on the wire and in text. What a type of record is, is a list of these.
public enum FieldKind: Sendable, Hashable {
  /// A number of 1, 2 or 4 bytes.
  case number(bytes: Int)
  /// A number of seconds of 4 bytes; its text may have BIND's units, `1h30m`.
  case seconds
  /// Seconds since 1970 modulo 2^32, in text as `20261123081500` (RFC 4034 §3.2).
  case time
  /// A type of record of 2 bytes, in text by its name.
  case type
  /// A name; one that RFC 1035 defined may be compressed (RFC 3597 §4).
  case name(isCompressible: Bool)
  case ipv4
  case ipv6
  /// A character-string: a length of 1 byte and as many bytes (RFC 1035 §3.3).
  case string
  /// One or more character-strings up to the end.
  case strings
  /// A length of 1 byte and as many letters or digits, in text without quotation marks (RFC 8659 §4.1).
  case tag
  /// All that is left, in text within quotation marks.
  case quotedRest
  /// All that is left, in text as hexadecimal digits.
  case hexRest
  /// All that is left, in text as base64.
  case base64Rest
  /// A length of 1 byte and as many bytes, in text as hexadecimal digits, `-` for none (RFC 5155 §3.3).
  case salt
  /// A length of 1 byte and as many bytes, in text as base32hex without padding (RFC 5155 §3.3).
  case hashedOwner
  /// A list of types in blocks of bits (RFC 4034 §4.1.2).
  case types
  /// Parameters of a service: keys in order, each with its value (RFC 9460 §2.2).
  case parameters
  /// A place on Earth (RFC 1876).
  case location
  /// As many bytes, in text as pairs of hexadecimal digits between `-` (RFC 7043 §3.2).
  case hardware(bytes: Int)
  /// The data of a type that the codec does not know, in text as `\# LENGTH HEX` (RFC 3597 §5).
  case unknown
}

/// The value of a field; which case it has follows from the field's kind.
public enum FieldValue: Sendable, Hashable {
  /// Of the kinds number, seconds and time.
  case number(UInt32)
  case name(DomainName)
  /// Four or sixteen bytes.
  case address(Address)
  case bytes([UInt8])
  case strings([[UInt8]])
  /// Of the kinds type (one) and types.
  case types([RecordType])
  case parameters([ServiceParameter])
  case location(GeographicLocation)
}
