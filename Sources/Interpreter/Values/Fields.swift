import Net

extension Value {
  /// The fields that a value of a type other than record has.
  public var fields: Record {
    switch self {
    case .record(let record): return record
    case .resource(let resource): return resource.fields
    case .error(let error): return error.content.fields
    case .endpoint(let box):
      let endpoint = box.content
      let host: Value =
        switch endpoint.host {
        case .any: .null
        case .address(let address): .address(address)
        case .name(let name): .string(name)
        }
      return Record(["host": host, "port": .int(Int(endpoint.port))])
    case .network(let network):
      return Record([
        "address": .address(network.address), "prefix": .int(network.prefix), "first": .address(network.first),
        "last": .address(network.last),
      ])
    case .url(let box):
      let url = box.content
      return Record([
        "scheme": .string(url.scheme), "host": .string(url.host),
        "port": url.effectivePort.map { .int(Int($0)) } ?? .null,
        "path": .string(url.path), "query": url.query.map { .string($0) } ?? .null,
        "fragment": url.fragment.map { .string($0) } ?? .null,
      ])
    case .range(let range):
      return Record(["from": range.content.lower, "to": range.content.upper ?? .null])
    default: return .empty
    }
  }
}

extension ErrorValue {
  /// `layer code message causes hint span status`, as scripts and JSON see them.
  public var fields: Record {
    let causes = error.layers.dropFirst().map { cause in
      Value.record(
        Record(["layer": .string(cause.layer.rawValue), "code": .string(cause.code), "message": .string(cause.message)])
      )
    }
    var span = Value.null
    if let place {
      let position = place.source.position(of: place.span.start)
      span = .string("\(place.source.name):\(position.line):\(position.column)")
    }
    let root = error.layers.last ?? error
    return Record([
      "layer": .string(error.layer.rawValue), "code": .string(root.code), "message": .string(error.message),
      "causes": .list(Array(causes)), "hint": error.layers.lazy.compactMap(\.hint).first.map { .string($0) } ?? .null,
      "span": span, "status": .int(Int(ExitStatus.of(error))), "value": payload ?? .null,
    ])
  }
}
