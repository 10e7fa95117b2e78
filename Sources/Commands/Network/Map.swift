import Interpreter
import Net

let map = Command(
  "map", "Maps a name and port to another endpoint for this session, as curl's --connect-to; alone it lists the map.",
  Parameter<Endpoint?>.optional("from", "what is asked for"),
  Parameter<Endpoint?>.optional("to", "where to connect instead"), gives: .table,
  examples: [
    Example("map www.example.test:80 127.0.0.1:8080; map | get to", "127.0.0.1:8080"),
    Example("map", ""),
  ]
) { machine, from, to in
  guard let from else {
    return .list(
      machine.network.map.entries.map { entry in
        // An entry for all ports of a name is that name alone.
        let from = (try? Endpoint.parse(entry.from)).map { Value.endpoint($0) } ?? .string(entry.from)
        return .record(Record(["from": from, "to": .endpoint(entry.to)]))
      })
  }
  guard let to else { throw ValueError("missing-argument", "`map` wants where \(from) leads to", layer: .command) }
  machine.network.changeMap { $0.map(from, to: to) }
  return .null
}

let mapRemove = Command(
  "map remove", "Takes an endpoint out of the map.",
  Parameter<Endpoint>.required("from", "what was mapped"), gives: .null,
  examples: [Example("map www.example.test:80 127.0.0.1:8080; map remove www.example.test:80; map | count", "0")]
) { machine, from in
  machine.network.changeMap { $0.remove(from) }
  return .null
}
