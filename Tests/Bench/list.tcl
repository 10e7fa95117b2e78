for {set i 1} {$i <= 1000000} {incr i} { lappend numbers $i }
if {[llength $numbers] != 1000000} { error length }
