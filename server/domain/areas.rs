//! Which jurisdiction (辖区) a position lies in.
