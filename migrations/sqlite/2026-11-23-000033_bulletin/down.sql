DROP INDEX issue_point_issue;
DROP TABLE bulletin;
