-- What people answered to the questions of a group, each with the question as it was asked.
ALTER TABLE request ADD COLUMN answers TEXT NOT NULL DEFAULT '[]';
