#!/usr/bin/env nsh
# A network divided among the rooms of a school, checked as an engineer would, and explained as a teacher would.
#
# Nothing here sends anything: these are the calculators of `ip`.

let block = 192.168.10.0/24
let needs = [{name: classroom, hosts: 50} {name: library, hosts: 25} {name: office, hosts: 10} {name: uplink, hosts: 2}]


print "== What $block is"

ip explain $block


print '== The plan: the largest first, so that nothing is cut in two'

let plan = ip plan $block $needs
$plan | select name network mask first last spare


print '== Is it right?'

let rooms = $plan | where {|row| $row.wanted != null}
for room in $rooms {
  assert $room.network in $block, "$room.name lies outside"
  assert $room.hosts >= $room.wanted, "$room.name is too small"
  for other in $rooms {
    if $other.name != $room.name { assert $room.network not in $other.network, "$room.name and $other.name overlap" }
  }
}

# Together with what is free it is the whole block again, no address more or less.
assert ($plan | each {|row| (ip info $row.network).size} | sum) == (ip info $block).size
print "every room has room, none overlaps, and nothing is lost"


print '== Two computers: neighbours, or strangers who need a router?'

let classroom = $rooms[0].network
let library = $rooms[1].network
let computer = "${(ip nth $classroom 10)}/${$classroom.prefix}"
ip same-network $computer (ip nth $classroom 60) --explain
print ''
ip same-network $computer (ip nth $library 5) --explain


print '== And the classic: which of these are private?'

[172.15.255.255 172.16.0.0 172.31.255.255 172.32.0.1] | ip info | select text kind private
print ''
ip explain 172.32.0.1
