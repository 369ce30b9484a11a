echo fine
nope
