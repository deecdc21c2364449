//! Who lies in whose surroundings (周边范围).
