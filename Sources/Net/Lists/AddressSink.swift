/// What a list of addresses is read into, as items or as pieces of text.
public protocol AddressSink {
  mutating func add(_ item: AddressItem) throws(AddressListError)
  /// Reads the lines that end in a piece of text.
  mutating func read(_ piece: [UInt8], _ lines: inout AddressLines) throws(AddressListError)
  /// Reads the last line, if it has no newline.
  mutating func finish(_ lines: inout AddressLines) throws(AddressListError)
}
