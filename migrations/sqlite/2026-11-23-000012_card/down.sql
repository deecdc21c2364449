DROP INDEX issue_span_reworked;
DROP INDEX issue_unacknowledged;
DROP TABLE card_rules;
DROP TABLE card_number;
DROP TABLE card_event;
DROP TABLE card_issue;
DROP TABLE card;
