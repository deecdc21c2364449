DROP TABLE part_span;
