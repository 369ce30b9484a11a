package main

// region: one
func one() {}
// endregion

// region: open
func two() {}
