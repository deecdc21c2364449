DROP TABLE issue_offer;
