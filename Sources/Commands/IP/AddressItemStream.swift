import Interpreter
import Net

/// Streams of what a command makes of each address, network or range it reads.
enum AddressItemStream {
  static func make(_ reader: AddressReader, _ transform: @escaping (AddressItem) throws -> Value) -> Value {
    var list = AddressItemList()
    var next = 0
    return .stream(
      Stream(
        close: { reader.close() },
        next: {
          while next >= list.items.count {
            list.removeAll()
            next = 0
            guard try reader.readPiece(into: &list) else { return nil }
          }
          defer { next += 1 }
          return try transform(list.items[next])
        }))
  }
}
