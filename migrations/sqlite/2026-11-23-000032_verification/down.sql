DROP TABLE desk_wait;
DROP TABLE sample_raise;
DROP TABLE verification_task;
