/** ICD-10 chapters XV, XVI and XVII: pregnancy and childbirth, perinatal period, congenital malformations. */
export const birthOrigin = `
O00.9|异位妊娠|Ectopic pregnancy, unspecified
O03.9|自然流产|Spontaneous abortion, complete or unspecified, without complication
O10.0|原有高血压并发于妊娠|Pre-existing essential hypertension complicating pregnancy
O13|妊娠期高血压|Gestational hypertension without significant proteinuria
O14.1|重度子痫前期|Severe pre-eclampsia
O14.9|子痫前期|Pre-eclampsia, unspecified
O15.9|子痫|Eclampsia, unspecified as to time period
O20.0|先兆流产|Threatened abortion
O21.1|妊娠剧吐伴代谢紊乱|Hyperemesis gravidarum with metabolic disturbance
O24.4|妊娠期糖尿病|Diabetes mellitus arising in pregnancy
O34.2|瘢痕子宫的孕产妇医疗|Maternal care due to uterine scar from previous surgery
O36.5|胎儿生长受限|Maternal care for poor fetal growth
O42.9|胎膜早破|Premature rupture of membranes, unspecified
O44.1|前置胎盘伴出血|Placenta praevia with haemorrhage
O45.9|胎盘早剥|Premature separation of placenta, unspecified
O60.1|早产临产伴早产分娩|Preterm labour with preterm delivery
O62.2|宫缩乏力|Other uterine inertia
O68.9|胎儿窘迫并发产程和分娩|Labour and delivery complicated by fetal stress, unspecified
O71.1|产程中子宫破裂|Rupture of uterus during labour
O72.1|产后即时出血|Other immediate postpartum haemorrhage
O85|产褥期脓毒症|Puerperal sepsis
O88.1|羊水栓塞|Amniotic fluid embolism
O99.0|妊娠合并贫血|Anaemia complicating pregnancy, childbirth and the puerperium
P05.1|小于胎龄儿|Small for gestational age
P07.1|低出生体重儿|Other low birth weight
P07.3|早产儿|Other preterm infants
P21.9|出生窒息|Birth asphyxia, unspecified
P22.0|新生儿呼吸窘迫综合征|Respiratory distress syndrome of newborn
P23.9|先天性肺炎|Congenital pneumonia, unspecified
P24.0|新生儿胎粪吸入综合征|Neonatal aspiration of meconium
P36.9|新生儿细菌性脓毒症|Bacterial sepsis of newborn, unspecified
P52.9|新生儿颅内出血|Intracranial (nontraumatic) haemorrhage of fetus and newborn, unspecified
P59.9|新生儿黄疸|Neonatal jaundice, unspecified
P77|新生儿坏死性小肠结肠炎|Necrotizing enterocolitis of fetus and newborn
P91.6|新生儿缺氧缺血性脑病|Hypoxic ischaemic encephalopathy of newborn
Q03.9|先天性脑积水|Congenital hydrocephalus, unspecified
Q05.9|脊柱裂|Spina bifida, unspecified
Q21.0|室间隔缺损|Ventricular septal defect
Q21.1|房间隔缺损|Atrial septal defect
Q21.3|法洛四联症|Tetralogy of Fallot
Q24.9|先天性心脏病|Congenital malformation of heart, unspecified
Q25.0|动脉导管未闭|Patent ductus arteriosus
Q25.1|主动脉缩窄|Coarctation of aorta
Q28.2|脑血管动静脉畸形|Arteriovenous malformation of cerebral vessels
Q33.2|肺隔离症|Sequestration of lung
Q35.9|腭裂|Cleft palate, unspecified
Q39.1|食管闭锁伴气管食管瘘|Atresia of oesophagus with tracheo-oesophageal fistula
Q43.1|先天性巨结肠|Hirschsprung disease
Q44.2|胆道闭锁|Atresia of bile ducts
Q61.3|多囊肾|Polycystic kidney, unspecified
Q65.8|先天性髋关节发育不良|Other congenital deformities of hip
Q90.9|唐氏综合征|Down syndrome, unspecified
`;
