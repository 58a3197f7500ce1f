/** ICD-10 chapters XII, XIII and XIV: skin, musculoskeletal system, genitourinary system. */
export const skinMotionKidney = `
L02.9|皮肤脓肿、疖和痈|Cutaneous abscess, furuncle and carbuncle, unspecified
L03.9|蜂窝织炎|Cellulitis, unspecified
L10.0|寻常型天疱疮|Pemphigus vulgaris
L12.0|大疱性类天疱疮|Bullous pemphigoid
L20.9|特应性皮炎|Atopic dermatitis, unspecified
L27.0|药物性皮炎|Generalized skin eruption due to drugs and medicaments
L30.9|皮炎（湿疹）|Dermatitis, unspecified
L40.9|银屑病|Psoriasis, unspecified
L50.9|荨麻疹|Urticaria, unspecified
L51.1|大疱性多形红斑|Bullous erythema multiforme
L51.2|中毒性表皮坏死松解症|Toxic epidermal necrolysis
L89.9|压疮|Decubitus ulcer and pressure area, unspecified
L93.0|盘状红斑狼疮|Discoid lupus erythematosus
M00.9|化脓性关节炎|Pyogenic arthritis, unspecified
M05.9|血清反应阳性的类风湿关节炎|Seropositive rheumatoid arthritis, unspecified
M06.9|类风湿关节炎|Rheumatoid arthritis, unspecified
M10.9|痛风|Gout, unspecified
M16.9|髋关节病|Coxarthrosis, unspecified
M17.9|膝关节病（骨关节炎）|Gonarthrosis, unspecified
M23.3|半月板损伤|Other meniscus derangements
M30.0|结节性多动脉炎|Polyarteritis nodosa
M30.3|川崎病|Mucocutaneous lymph node syndrome (Kawasaki)
M31.3|肉芽肿性多血管炎|Wegener granulomatosis
M31.4|大动脉炎|Aortic arch syndrome (Takayasu)
M32.1|系统性红斑狼疮伴器官或系统受累|Systemic lupus erythematosus with organ or system involvement
M32.9|系统性红斑狼疮|Systemic lupus erythematosus, unspecified
M33.2|多肌炎|Polymyositis
M34.9|系统性硬化症|Systemic sclerosis, unspecified
M35.0|干燥综合征|Sicca syndrome (Sjogren)
M35.2|贝赫切特病（白塞病）|Behcet disease
M41.9|脊柱侧弯|Scoliosis, unspecified
M43.1|脊椎前移（滑脱）|Spondylolisthesis
M45|强直性脊柱炎|Ankylosing spondylitis
M47.8|脊椎关节强硬（颈椎病）|Other spondylosis
M48.0|椎管狭窄|Spinal stenosis
M50.2|颈椎间盘移位|Other cervical disc displacement
M51.1|腰椎间盘疾患伴神经根病|Lumbar and other intervertebral disc disorders with radiculopathy
M51.2|腰椎间盘突出|Other specified intervertebral disc displacement
M54.4|腰痛伴坐骨神经痛|Lumbago with sciatica
M54.5|下背痛|Low back pain
M75.0|肩周炎|Adhesive capsulitis of shoulder
M75.1|肩袖综合征|Rotator cuff syndrome
M80.9|骨质疏松伴病理性骨折|Unspecified osteoporosis with pathological fracture
M81.9|骨质疏松|Osteoporosis, unspecified
M86.9|骨髓炎|Osteomyelitis, unspecified
M87.0|特发性无菌性骨坏死（股骨头坏死）|Idiopathic aseptic necrosis of bone
N00.9|急性肾小球肾炎|Acute nephritic syndrome, unspecified
N01.9|急进性肾小球肾炎|Rapidly progressive nephritic syndrome, unspecified
N02.8|IgA肾病|Recurrent and persistent haematuria, other morphological changes
N03.9|慢性肾小球肾炎|Chronic nephritic syndrome, unspecified
N04.9|肾病综合征|Nephrotic syndrome, unspecified
N08.3|糖尿病肾病|Glomerular disorders in diabetes mellitus
N10|急性肾盂肾炎|Acute tubulo-interstitial nephritis
N13.3|肾积水|Other and unspecified hydronephrosis
N17.9|急性肾衰竭|Acute renal failure, unspecified
N18.5|慢性肾脏病5期|Chronic kidney disease, stage 5
N18.9|慢性肾脏病|Chronic kidney disease, unspecified
N19|肾衰竭|Unspecified kidney failure
N20.0|肾结石|Calculus of kidney
N20.1|输尿管结石|Calculus of ureter
N21.0|膀胱结石|Calculus in bladder
N23|肾绞痛|Unspecified renal colic
N28.1|肾囊肿|Cyst of kidney, acquired
N30.9|膀胱炎|Cystitis, unspecified
N39.0|尿路感染|Urinary tract infection, site not specified
N40|前列腺增生|Hyperplasia of prostate
N41.0|急性前列腺炎|Acute prostatitis
N44|睾丸扭转|Torsion of testis
N45.9|睾丸炎和附睾炎|Orchitis, epididymitis and epididymo-orchitis without abscess
N60.2|乳腺纤维腺病|Fibroadenosis of breast
N61|乳腺炎|Inflammatory disorders of breast
N63|乳房肿块|Unspecified lump in breast
N70.9|输卵管炎和卵巢炎|Salpingitis and oophoritis, unspecified
N73.9|盆腔炎|Female pelvic inflammatory disease, unspecified
N80.9|子宫内膜异位症|Endometriosis, unspecified
N83.2|卵巢囊肿|Other and unspecified ovarian cysts
N87.9|子宫颈发育不良|Dysplasia of cervix uteri, unspecified
N92.0|月经过多|Excessive and frequent menstruation with regular cycle
N93.9|异常子宫出血|Abnormal uterine and vaginal bleeding, unspecified
N97.9|女性不孕症|Female infertility, unspecified
`;
