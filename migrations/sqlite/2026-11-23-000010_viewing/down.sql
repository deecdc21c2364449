DROP TABLE viewing;
