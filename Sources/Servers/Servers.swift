// Servers
