DROP TABLE guest_draft;
DROP TABLE guest_link;
