DROP TABLE message;
DROP TABLE channel;
DROP TABLE notice_mark;
DROP TABLE notice;
DROP TABLE notice_head;
