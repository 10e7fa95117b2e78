proc run {} {
    for {set i 1} {$i <= 1000000} {incr i} { lappend numbers [expr {$i * 7368787 % 1000003}] }
    set sorted [lsort -integer $numbers]
    if {[llength $sorted] != 1000000} { error length }
    if {[lindex $sorted 0] >= [lindex $sorted 999999]} { error order }
}
run
