/// The items of a list in the order in which they stand there.
public struct AddressItemList: Sendable {
  public private(set) var items: [AddressItem] = []

  /// More items than this, which take 1 GiB, are refused.
  private static let limit = (1 << 30) / MemoryLayout<AddressItem>.stride

  public init() {}

  private func check() throws(AddressListError) {
    guard items.count <= Self.limit else { throw .tooMany("it has more than \(Self.limit) lines") }
  }

  public mutating func removeAll() { items.removeAll(keepingCapacity: true) }

  /// Sorts the items; of equal ones only one stays if each is wanted once.
  public mutating func sort(reversed: Bool, unique: Bool) {
    if reversed { items.sort { $1 < $0 } } else { items.sort() }
    guard unique, items.count > 1 else { return }
    var kept = 1
    for index in 1..<items.count where items[index] != items[kept - 1] {
      items[kept] = items[index]
      kept += 1
    }
    items.removeLast(items.count - kept)
  }

  /// Gives the items from an index on as lines of text, about 64 KiB of them, and moves the index on; nil at the end.
  public func text(from index: inout Int) -> [UInt8]? {
    guard index < items.count else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(1 << 16)
    while index < items.count, text.count < 65_000 {
      text.append(contentsOf: items[index].description.utf8)
      text.append(UInt8(ascii: "\n"))
      index += 1
    }
    return text
  }

  /// The pairs of items that share addresses.
  public var overlaps: AddressOverlaps { AddressOverlaps(items) }
}

extension AddressItemList: AddressSink, AddressLineTaker {
  static let acceptsZones = true

  mutating func take(_ interval: Interval<UInt32>, line: TextBytes) {
    if let item = AddressItem.parse(line) { items.append(item) }
  }

  mutating func take(_ item: AddressItem) { items.append(item) }

  public mutating func add(_ item: AddressItem) throws(AddressListError) {
    items.append(item)
    try check()
  }

  public mutating func read(_ piece: [UInt8], _ lines: inout AddressLines) throws(AddressListError) {
    try lines.read(piece, into: &self)
    try check()
  }

  public mutating func finish(_ lines: inout AddressLines) throws(AddressListError) { try lines.finish(into: &self) }
}
