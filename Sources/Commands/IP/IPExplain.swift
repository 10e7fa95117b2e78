import Interpreter
import Net

let ipExplain = Command(
  "ip explain",
  "Shows the work: how the network comes of address and mask, why an address is private or not, how IPv6 is shortened.",
  Parameter<IPInput>.input("an address, or one with its prefix length or mask, or several", named: "address"),
  gives: .string,
  examples: [
    Example(
      "ip explain 192.168.10.37/28",
      """
      192.168.10.37/28: the first 28 bits name the network, the other 4 the host.

      address    192.168.10.37    11000000.10101000.00001010.0010|0101
      mask       255.255.255.240  11111111.11111111.11111111.1111|0000  a 1 for each bit of the network
      network    192.168.10.32    11000000.10101000.00001010.0010|0000  address AND mask: 1 where both are 1
      broadcast  192.168.10.47    11000000.10101000.00001010.0010|1111  all host bits 1

      first host 192.168.10.33
      last host  192.168.10.46

      4 host bits make 2^4 = 16 addresses; without the network and the broadcast address 14 hosts.
      """),
    Example(
      "ip explain 172.32.0.1 | lines | first",
      "172.32.0.1 is not private: it is global, since no block of IANA's registry of special addresses has it."),
    Example(
      "ip explain 2001:db8:0:0:1:0:0:1 | lines | first 6 | last",
      "2001:db8::1:0:0:1                        §4.3 letters are small"),
  ]
) { machine, input in
  try input.map(machine) { value in
    let lines =
      switch value {
      case .network(let network): NetworkExplanation(network).lines
      case .address(let address):
        (ShorteningExplanation(address).map { $0.lines + [""] } ?? []) + KindExplanation(address).lines
          + ContentExplanation(address).lines
      }
    return .string(lines.joined(separator: "\n"))
  }
}

let ipSameNetwork = Command(
  "ip same-network", "Tells whether an address is in the same network as one's own, as a host decides before it sends.",
  Parameter<IPInput>.required("own", "one's own address with its prefix length or mask"),
  Parameter<IPInput>.input("the address to send to, or several", named: "other"),
  Parameter<Bool>.flag("explain", "show both addresses masked, bit by bit"), gives: .bool,
  examples: [
    Example("ip same-network 192.168.10.37/28 192.168.10.46", "true"),
    Example("ip same-network 192.168.10.37/28 192.168.10.50", "false"),
    Example("[192.168.10.33 192.168.11.33] | ip same-network 192.168.10.37/28", "true\nfalse"),
    Example(
      "ip same-network 192.168.10.37/28 192.168.10.50 --explain",
      """
      own address    192.168.10.37    11000000.10101000.00001010.0010|0101
      mask           255.255.255.240  11111111.11111111.11111111.1111|0000
      AND            192.168.10.32    11000000.10101000.00001010.0010|0000

      other address  192.168.10.50    11000000.10101000.00001010.0011|0010
      mask           255.255.255.240  11111111.11111111.11111111.1111|0000
      AND            192.168.10.48    11000000.10101000.00001010.0011|0000

      192.168.10.32/28 and 192.168.10.48/28 are different networks, so the packet goes to a router: the default gateway.
      """),
  ]
) { machine, own, input, explain in
  let own = try own.one().network()
  return try input.map(machine) { value in
    let other = value.address
    guard explain else { return .bool(own.contains(other)) }
    guard let explanation = NeighbourExplanation(from: own, to: other) else {
      return .string("\(own) and \(other) are of different families, which never share a network.")
    }
    return .string(explanation.lines.joined(separator: "\n"))
  }
}
