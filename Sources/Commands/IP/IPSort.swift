import Interpreter
import Net

let ipSort = Command(
  "ip sort", "Sorts addresses, networks and ranges: IPv4 first, by where they begin, the widest first.",
  Parameter<Value?>.pipe("a list, a stream, or text with one on each line"),
  Parameter<[Value]>.rest("networks", "addresses, networks and ranges, or files with one on each line"),
  Parameter<Bool>.flag("reverse", "the other way round"), Parameter<Bool>.flag("unique", "each once"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .list,
  examples: [
    Example(
      "[2001:db8::1 10.0.0.10 10.0.0.0/8 10.0.0.9 10.0.0.0/16] | ip sort",
      "10.0.0.0/8\n10.0.0.0/16\n10.0.0.9\n10.0.0.10\n2001:db8::1"),
    Example("ip sort --reverse --unique 192.0.2.1 192.0.2.2 192.0.2.1", "192.0.2.2\n192.0.2.1"),
  ]
) { machine, pipe, arguments, isReversed, isUnique, skipsBad in
  var list = AddressItemList()
  try AddressReader("ip sort", machine, pipe: pipe, arguments, skipsBad: skipsBad).readAll(into: &list)
  list.sort(reversed: isReversed, unique: isUnique)
  var next = 0
  return .stream(
    Stream(
      text: {
        try machine.checkpoint()
        return list.text(from: &next)
      },
      next: {
        guard next < list.items.count else { return nil }
        defer { next += 1 }
        return Value(list.items[next])
      }))
}
