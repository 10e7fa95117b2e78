import Interpreter
import Net

let ipFilter = Command(
  "ip filter", "Keeps the addresses, networks and ranges that lie in networks, as they come.",
  Parameter<Value>.required("networks", "a network, a list of them, or a file with one on each line"),
  Parameter<Value?>.pipe("a list, a stream, or text with one on each line"),
  Parameter<[Value]>.rest("addresses", "addresses and such, or files with one on each line"),
  Parameter<Bool>.flag("not", "keep the others"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .list,
  examples: [
    Example("[10.1.2.3 192.0.2.1 2001:db8::1] | ip filter [10.0.0.0/8 2001:db8::/32]", "10.1.2.3\n2001:db8::1"),
    Example("ip filter --not 10.0.0.0/8 10.1.2.3 192.0.2.1", "192.0.2.1"),
    Example(#""10.1.2.3\n10.9.9.9\n" | ip filter 10.1.0.0/16 | count"#, "1"),
  ]
) { machine, networks, pipe, addresses, isInverted, skipsBad in
  let set = try AddressSet(reading: AddressReader("ip filter", machine, pipe: nil, [networks], skipsBad: skipsBad))
  let reader = try AddressReader("ip filter", machine, pipe: pipe, addresses, skipsBad: skipsBad)
  var filter = AddressFilter(set, inverted: isInverted)
  var list = AddressItemList()
  var next = 0
  return .stream(
    Stream(
      close: { reader.close() },
      text: {
        while try reader.readPiece(into: &filter) {
          let text = filter.takeText()
          if !text.isEmpty { return text }
        }
        return nil
      },
      next: {
        while true {
          while next < list.items.count {
            let item = list.items[next]
            next += 1
            if filter.keeps(item) { return Value(item) }
          }
          list.removeAll()
          next = 0
          guard try reader.readPiece(into: &list) else { return nil }
        }
      }))
}
