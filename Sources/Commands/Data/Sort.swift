import Interpreter

let sort = Command(
  "sort", "Sorts items: by their own order, by fields, or by a function; equal ones keep their order.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<[ItemKey]>.rest(
    "key", "fields' names, the first one first; {|x| …} gives a key; {|a b| …} tells whether a comes before b"),
  Parameter<Bool>.flag("reverse", "the largest first"), gives: .list,
  examples: [
    Example("[3 1 2] | sort", "1\n2\n3"),
    Example("[{n: b, p: 80}, {n: a, p: 80}, {n: c, p: 22}] | sort p n | get n", "c\na\nb"),
    Example("[192.0.2.10 192.0.2.9] | sort --reverse | first", "192.0.2.10"),
    Example("[ccc a bb] | sort {|word| len $word}", "a\nbb\nccc"),
  ]
) { machine, input, keys, isReversed in
  let items = try Items.all(of: input, machine)
  if let comparison = keys.first?.comparison {
    guard keys.count == 1 else {
      throw ValueError("bad-argument", "a function of two items stands alone", layer: .command)
    }
    return try .list(
      items.sorted { try isReversed ? machine.test(comparison, $1, $0) : machine.test(comparison, $0, $1) })
  }
  let columns = try keys.map { key in
    try items.map { item in
      try machine.checkpoint()
      return try key.of(item, machine)
    }
  }
  let order = try Sorting(machine: machine, isReversed: isReversed).order(columns.isEmpty ? [items] : columns)
  var turns = TurnCounter()
  return .list(
    try order.map { place in
      try turns.turn()
      return items[place]
    })
}

let uniq = Command(
  "uniq", "Leaves out items that were there before.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<ItemKey?>.optional("key", "what of an item must differ: a field's name or a function"),
  Parameter<Bool>.flag("count", "give a table of each value and how often it is there"), gives: .list,
  examples: [
    Example("[b a b c a] | uniq", "b\na\nc"), Example("[b a b] | uniq --count", "value\tcount\nb\t2\na\t1"),
    Example("[{h: a, p: 1}, {h: a, p: 2}, {h: b, p: 1}] | uniq h | get p", "1\n1"),
  ]
) { machine, input, key, wantsCount in
  func part(_ item: Value) throws -> Value { try key?.of(item, machine) ?? item }
  guard wantsCount else {
    var seen = ValueSet()
    return try Items.map(input, machine) { seen.insert(try part($0)) ? $0 : nil }
  }
  var places = ValuePlaces()
  var counts: [(value: Value, count: Int)] = []
  try Items.forEach(input, machine) { item in
    let value = try part(item)
    let place = places.place(of: value)
    if place == counts.count {
      counts.append((value, 1))
    } else {
      counts[place].count += 1
    }
    return true
  }
  let row = Record(["value": .null, "count": .null])
  return .list(counts.map { .record(Record(like: row, [$0.value, .int($0.count)])) })
}

let group = Command(
  "group", "Sorts items into a record of lists by a field or function, in the order in which the keys come.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<ItemKey>.required("key", "a field's name or a function; its text is the name of the group"), gives: .record,
  examples: [
    Example("1..6 | group {|n| $n % 2 == 0} | get true", "2\n4\n6"),
    Example(
      "[{host: a, port: 80}, {host: b, port: 22}, {host: c, port: 80}] | group port | get 80 | get host", "a\nc"),
  ]
) { machine, input, key in
  var places: [Record.Key: Int] = [:]
  // The same places by number, so that an integer is not written out for each item; small ones are not even hashed.
  var placesByNumber: [Int: Int] = [:]
  var smallPlaces = [Int](repeating: -1, count: 1_024)
  var groups: [(name: String, items: [Value])] = []
  try Items.forEach(input, machine) { item in
    let value = try key.of(item, machine)
    if case .int(let number) = value {
      let isSmall = smallPlaces.indices.contains(number)
      if let place = isSmall ? smallPlaces[number] : placesByNumber[number], place >= 0 {
        groups[place].items.append(item)
        return true
      }
    }
    guard let name = value.scalarText else {
      throw ValueError("wrong-type", "\(value.described) cannot be the name of a group")
    }
    let place = places[Record.Key(name)] ?? groups.count
    if place == groups.count {
      places[Record.Key(name)] = place
      groups.append((name, []))
    }
    if case .int(let number) = value {
      if smallPlaces.indices.contains(number) { smallPlaces[number] = place } else { placesByNumber[number] = place }
    }
    groups[place].items.append(item)
    return true
  }
  return .record(Record(pairs: groups.map { ($0.name, .list($0.items)) }))
}
